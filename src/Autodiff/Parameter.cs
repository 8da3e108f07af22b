using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A tensor that is learned: a leaf of every tape, updated in place by an optimizer, with a gradient that backward passes add to.</summary>
/// <remarks>It owns its memory, outside any tape.</remarks>
public sealed class Parameter<T> : Tensor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lock _lock = new();
    private Tensor<T>? _gradient;
    private bool _ownsGradient;

    /// <summary>A parameter that starts from a copy of the values of <paramref name="initial"/>.</summary>
    public Parameter(Tensor<T> initial, string name = "parameter")
        : base(Own(initial))
    {
        RefuseInCapture(name);
        Name = name;
        View.Storage.IsMutable = true;
    }

    /// <summary>A parameter of zeros.</summary>
    public Parameter(Shape shape, string name = "parameter", Device? device = null)
        : base(Own(shape, device ?? Device.Default))
    {
        RefuseInCapture(name);
        Name = name;
        View.Storage.IsMutable = true;
        Device.Fill(View, T.Zero);
    }

    /// <summary>The name, for messages and files; layers put theirs in front, as in <c>hidden.weight</c>.</summary>
    public string Name { get; set; }

    /// <summary>Whether it is frozen: no gradient flows to it, optimizers leave it.</summary>
    public bool IsFrozen { get; set; }

    /// <inheritdoc/>
    public override bool RequiresGradient => !IsFrozen;

    /// <summary>The sum of the gradients of all backward passes since <see cref="ZeroGradient"/>; null if there was none.</summary>
    public override Tensor<T>? Gradient => _gradient;

    /// <summary>How often the values were changed in place.</summary>
    public int Version => View.Storage.Version;

    internal HookList<T> Hooks { get; } = new();

    internal override string Origin => $"parameter '{Name}'";

    /// <summary>Forgets the gradient and gives its memory back: a tensor got from <see cref="Gradient"/> before is no longer valid.</summary>
    public void ZeroGradient()
    {
        StepCapture.Current?.Trace(this).Replaced();
        if (_ownsGradient)
        {
            _gradient!.View.Storage.Dispose();
        }

        _gradient = null;
        _ownsGradient = false;
    }

    /// <summary>Replaces the gradient, as clipping does.</summary>
    /// <exception cref="ArgumentException">The shape is not the parameter's.</exception>
    public void SetGradient(Tensor<T> gradient)
    {
        if (gradient.Shape != Shape)
        {
            throw new ArgumentException($"SetGradient: {Origin} has shape {Shape}, the gradient {gradient.Shape}.");
        }

        Tensor<T> own = new(Own(gradient));
        ZeroGradient();
        _gradient = own;
        _ownsGradient = true;
    }

    /// <summary>Replaces the values in place.</summary>
    /// <exception cref="ArgumentException">The shape is not the parameter's.</exception>
    public void Assign(Tensor<T> values)
    {
        if (values.Shape != Shape)
        {
            throw new ArgumentException($"Assign: {Origin} has shape {Shape}, the values {values.Shape}.");
        }

        Device.Copy(values.To(Device).View, View);
        View.Storage.Touch();
    }

    /// <summary>Replaces the values in place by those of host memory, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the parameter.</exception>
    public void Assign(ReadOnlySpan<T> values)
    {
        if (values.Length != Count)
        {
            throw new ArgumentException($"Assign: {Origin} has shape {Shape}, {Count} elements; {values.Length} values were given.");
        }

        Device.Upload(values, View.Storage, 0);
        View.Storage.Touch();
    }

    /// <inheritdoc/>
    public override Tensor<T> RetainGradient() => this;

    /// <inheritdoc/>
    public override IDisposable RegisterHook(Func<Tensor<T>, Tensor<T>?> hook) => Hooks.Add(hook);

    /// <summary>The gradient's memory for a change in place: where it is shared with a tape, that of a copy.</summary>
    internal View<T> WritableGradient()
    {
        if (!_ownsGradient)
        {
            SetGradient(_gradient!);
        }

        return _gradient!.View;
    }

    /// <summary>Puts the gradient that a captured step has computed, and whose memory it owns, in the place of the present one.</summary>
    internal void Install(Tensor<T>? gradient)
    {
        if (ReferenceEquals(gradient, _gradient))
        {
            return;
        }

        if (_ownsGradient)
        {
            _gradient!.Storage.Dispose();
        }

        (_gradient, _ownsGradient) = (gradient, false);
    }

    internal void Accumulate(Tensor<T> gradient, bool createGraph, Sweep sweep)
    {
        StepCapture.Current?.Trace(this).Added();
        // Threads with a tape each may share a parameter: none of their gradients may be lost.
        lock (_lock)
        {
            if (createGraph)
            {
                _gradient = _gradient is null ? gradient : _gradient + gradient;
                _ownsGradient = false;
            }
            else if (_gradient is null)
            {
                View<T> view = gradient.View;
                bool alone = view.Storage.Holds == 1 && view.IsContiguous && view.Storage.Length == view.Count;
                if (alone)
                {
                    view.Storage.Holds = -1;
                    view.Storage.ReturnWhenUnreachable();
                }
                _gradient = new Tensor<T>(alone ? view : Own(gradient));
                _ownsGradient = true;
            }
            else
            {
                Tensor<T> total = _ownsGradient ? _gradient : new Tensor<T>(Own(_gradient));
                Device.Zip(total.View, gradient.View, total.View, new Add<T>());
                _gradient = total;
                _ownsGradient = true;
            }
        }
        sweep.Release(gradient);
    }

    private static void RefuseInCapture(string name) =>
        StepCapture.Refuse("Parameter", $"'{name}' would be a new parameter at the capture and the same one at every replay. Make it before the capture.");

    private static View<T> Own(Tensor<T> source)
    {
        View<T> view = Own(source.Shape, source.Device);
        source.Device.Copy(source.View, view);
        return view;
    }

    private static View<T> Own(Shape shape, Device device)
    {
        Storage<T> storage = new(device, shape.Count);
        storage.ReturnWhenUnreachable();
        return new View<T>(storage, new Layout(shape));
    }
}
