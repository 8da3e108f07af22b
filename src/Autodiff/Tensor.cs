using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A multi-dimensional array of numbers on a device that remembers, when a <see cref="Tape"/> records, how it was computed.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Values never change: every operation makes a new tensor (transposes, slices and reshapes share the memory of their source). Only a <see cref="Parameter{T}"/> is
/// updated in place, by optimizers. Memory of tensors made on a tape goes back when the tape is disposed; of others, when nothing refers to them.
/// </remarks>
public partial class Tensor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly View<T> _view;

    internal Tensor(View<T> view, Node<T>? node = null)
    {
        _view = view;
        Node = node;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => _view.Shape;

    /// <summary>The number of axes.</summary>
    public int Rank => _view.Shape.Rank;

    /// <summary>The number of elements.</summary>
    public int Count => _view.Shape.Count;

    /// <summary>The device the elements live on.</summary>
    public Device Device => _view.Device;

    /// <summary>Whether gradients flow to this tensor: it was recorded on a tape, or it is a parameter that is not frozen.</summary>
    public virtual bool RequiresGradient => Node is not null;

    /// <summary>The gradient that the last backward pass left: of a parameter, of a watched tensor, or of one that <see cref="RetainGradient"/> was called on; else null.</summary>
    public virtual Tensor<T>? Gradient => Node?.Gradient;

    /// <summary>The elements, for kernels.</summary>
    /// <exception cref="ObjectDisposedException">The tape that owned the memory was disposed.</exception>
    public View<T> View => !_view.Storage.IsDisposed
        ? _view
        : throw new ObjectDisposedException(
            nameof(Tensor<T>),
            $"This tensor, {Origin} of shape {Shape}, lost its memory when its tape (or captured step) was disposed, or its gradient zeroed. Call tape.Keep(tensor) before, or copy it out with ToArray().");

    /// <summary>The memory, which may have been given back.</summary>
    internal Storage<T> Storage => _view.Storage;

    /// <summary>How the tensor was computed, where a tape recorded it.</summary>
    internal Node<T>? Node { get; }

    /// <summary>A name for messages: the parameter's or the operation's.</summary>
    internal virtual string Origin => Node is { } node ? $"the result of {node.Operation}" : "a constant";

    /// <summary>The only element.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public T Item()
    {
        if (Count != 1)
        {
            throw new InvalidOperationException($"Item() is for tensors with one element; this one has shape {Shape}. Use ToArray() or reduce it first.");
        }

        T value = default;
        Device.Download(View.Storage, View.Layout.Offset, new Span<T>(ref value));
        return value;
    }

    /// <summary>The elements in row-major order.</summary>
    public T[] ToArray()
    {
        T[] values = GC.AllocateUninitializedArray<T>(Count);
        CopyTo(values);
        return values;
    }

    /// <summary>Copies the elements, in row-major order, to host memory.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<T> destination)
    {
        if (destination.Length < Count)
        {
            throw new ArgumentException($"CopyTo: the tensor of shape {Shape} has {Count} elements, the destination {destination.Length}.");
        }

        if (Count == 0)
        {
            return;
        }

        View<T> view = View;
        if (view.IsContiguous)
        {
            Device.Download(view.Storage, view.Layout.Offset, destination[..Count]);
            return;
        }
        using Storage<T> contiguous = new(Device, Count);
        View<T> copy = new(contiguous, new Layout(Shape));
        Device.Copy(view, copy);
        Device.Download(contiguous, 0, destination[..Count]);
    }

    /// <summary>The same values as a constant: no gradient flows through it.</summary>
    public Tensor<T> Detach() => new(View);

    /// <summary>Makes the next backward pass leave the gradient of this intermediate result in <see cref="Gradient"/>.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="InvalidOperationException">No gradient flows to this tensor.</exception>
    public virtual Tensor<T> RetainGradient()
    {
        (Node ?? throw NoGradientFlows("RetainGradient")).Retains = true;
        return this;
    }

    /// <summary>Calls <paramref name="hook"/> with the gradient of this tensor when a backward pass has it; what the hook returns takes its place (null: unchanged).</summary>
    /// <returns>Dispose it to remove the hook.</returns>
    /// <exception cref="InvalidOperationException">No gradient flows to this tensor.</exception>
    public virtual IDisposable RegisterHook(Func<Tensor<T>, Tensor<T>?> hook) =>
        (Node ?? throw NoGradientFlows("RegisterHook")).Hooks.Add(hook);

    /// <summary>The values on another device; the tensor itself where it is there already. Gradients flow back.</summary>
    public Tensor<T> To(Device device)
    {
        if (device == Device)
        {
            return this;
        }

        Device home = Device;
        View<T> moved = Tape.Rent<T>(device, Shape);
        device.Upload<T>(ToArray(), moved.Storage, 0);
        return Tape.Record("To", moved, new Input<T>(this, (gradient, _) => gradient.To(home)));
    }

    private InvalidOperationException NoGradientFlows(string call) =>
        new($"{call}: no gradient flows to this tensor of shape {Shape}. It was computed outside a tape, in a NoGradient scope, or from constants only; use tape.Watch(tensor) or a Parameter.");
}
