using System.Numerics;

namespace Autodiff;

/// <summary>An entry of the tape: an operation that ran, or a leaf that gradients end in.</summary>
internal abstract class Node(Tape tape, int index, string operation)
{
    /// <summary>The tape it stands on.</summary>
    public Tape Tape { get; } = tape;

    /// <summary>Its place on the tape: operations stand behind all that they used.</summary>
    public int Index { get; } = index;

    /// <summary>The operation's name.</summary>
    public string Operation { get; } = operation;

    /// <summary>Passes the gradient that has arrived here on to the inputs.</summary>
    public abstract void Propagate(Sweep sweep);

    /// <summary>Forgets what an interrupted sweep left.</summary>
    public abstract void Reset();

    /// <summary>Whether gradients from here reach a node that <paramref name="wanted"/> marks.</summary>
    public abstract bool Reaches(ReadOnlySpan<bool> wanted);
}

/// <summary>Where a gradient goes, and by which derivative.</summary>
internal readonly record struct Edge<T>(Node<T> Source, VectorJacobianProduct<T> Vjp)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>An input whose memory an optimizer may change in place, and how often that had happened when the operation ran.</summary>
internal readonly record struct Seen<T>(Tensor<T> Tensor, int Version)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether the values are still those that the operation saw.</summary>
    public bool IsCurrent => Tensor.View.Storage.Version == Version;
}

/// <inheritdoc/>
internal sealed class Node<T> : Node
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Edge<T>[] _edges;
    private readonly Seen<T>[] _seen;
    private readonly int _version;
    private HookList<T>? _hooks;

    public Node(Tape tape, int index, string operation, Edge<T>[] edges, Seen<T>[] seen, Parameter<T>? parameter = null)
        : base(tape, index, operation)
    {
        _edges = edges;
        _seen = seen;
        Parameter = parameter;
        _hooks = parameter?.Hooks;
        _version = parameter?.Version ?? 0;
    }

    /// <summary>The tensor that the operation made.</summary>
    public Tensor<T> Output { get; set; } = null!;

    /// <summary>The parameter whose leaf this is.</summary>
    public Parameter<T>? Parameter { get; }

    /// <summary>Whether the parameter still has the values that the tape saw.</summary>
    public bool IsCurrent => Parameter is null || Parameter.Version == _version;

    /// <summary>What the running sweep has collected so far.</summary>
    public Tensor<T>? Pending { get; private set; }

    /// <summary>What the last sweep left, if <see cref="Retains"/>.</summary>
    public Tensor<T>? Gradient { get; set; }

    /// <summary>Whether sweeps leave the gradient in <see cref="Gradient"/>.</summary>
    public bool Retains { get; set; }

    /// <summary>What is called with the gradient.</summary>
    public HookList<T> Hooks => _hooks ??= new HookList<T>();

    /// <summary>Adds a gradient to those that have arrived.</summary>
    public void Receive(Tensor<T> gradient, Sweep sweep)
    {
        Tensor<T> total = Pending is null ? gradient : Pending + gradient;
        sweep.Hold(total);
        if (Pending is { } before)
        {
            sweep.Release(before);
        }

        Pending = total;
    }

    /// <inheritdoc/>
    public override void Propagate(Sweep sweep)
    {
        if (Pending is not { } gradient)
        {
            return;
        }

        Pending = null;
        if (_hooks is not null)
        {
            Tensor<T> arrived = gradient;
            gradient = _hooks.Apply(gradient, Operation);
            if (!ReferenceEquals(gradient, arrived))
            {
                sweep.Hold(gradient);
                sweep.Release(arrived);
            }
        }
        sweep.Deliver(this, gradient);
        bool isChecked = false;
        for (int i = 0; i < _edges.Length; i++)
        {
            (Node<T> source, VectorJacobianProduct<T> vjp) = _edges[i];
            if (!sweep.Wants(source))
            {
                continue;
            }

            if (!isChecked)
            {
                RefuseChangedInputs();
            }

            isChecked = true;
            Tensor<T> contribution = vjp(gradient, Output);
            if (contribution.Shape != source.Output.Shape)
            {
                throw new InvalidOperationException($"Backward of {Operation}: the vector-Jacobian product for input {i} has shape {contribution.Shape}; the input has {source.Output.Shape}.");
            }

            source.Receive(contribution, sweep);
        }
        sweep.Release(gradient);
    }

    /// <inheritdoc/>
    public override void Reset() => Pending = null;

    /// <inheritdoc/>
    public override bool Reaches(ReadOnlySpan<bool> wanted)
    {
        foreach (Edge<T> edge in _edges)
        {
            if (wanted[edge.Source.Index])
            {
                return true;
            }
        }
        return false;
    }

    // A derivative may need any of the inputs, also those that no gradient is wanted for.
    private void RefuseChangedInputs()
    {
        foreach (Seen<T> input in _seen)
        {
            if (!input.IsCurrent)
            {
                throw new InvalidOperationException($"Backward of {Operation}: {input.Tensor.Origin} of shape {input.Tensor.Shape} was changed in place after the forward pass, so the derivative would be wrong. Call Backward before optimizer.Step(), or run the forward pass again.");
            }
        }
    }
}
