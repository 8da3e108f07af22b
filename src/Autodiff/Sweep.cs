using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>One walk back over a tape: who gets gradients, and who owns the memory of those on their way.</summary>
/// <remarks>
/// Without createGraph, memory of the walk goes back to the pool as soon as the gradient in it has been passed on. Storages rented during a step start at 0 holds;
/// each gradient that waits somewhere holds its storage; at the end of the step what nobody holds goes back.
/// </remarks>
internal sealed class Sweep(bool createGraph, bool[]? wanted)
{
    private readonly List<Storage> _rented = [];
    private readonly List<Action> _deliveries = [];

    // All that were ever held, some twice: only those of a failed walk are looked at again.
    private readonly List<Storage> _held = [];

    /// <summary>Called with each node and its gradient, before it is passed on.</summary>
    public Action<Node, object>? OnGradient { get; init; }

    /// <summary>Whether the walk itself is recorded, so that it can be differentiated.</summary>
    public bool CreatesGraph => createGraph;

    /// <summary>Whether gradients are wanted at a node.</summary>
    public bool Wants(Node node) => wanted is null || wanted[node.Index];

    /// <summary>Notes memory that a vector-Jacobian product rented.</summary>
    public void Rented(Storage storage)
    {
        storage.Holds = 0;
        _rented.Add(storage);
    }

    /// <summary>Keeps the memory of a gradient until <see cref="Release"/>.</summary>
    public void Hold<T>(Tensor<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (gradient.View.Storage is { Holds: >= 0 } storage)
        {
            if (storage.Holds++ == 0)
            {
                _held.Add(storage);
            }
        }
    }

    /// <summary>Lets go of a gradient; its memory goes back if nobody else holds it.</summary>
    public void Release<T>(Tensor<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (gradient.View.Storage is { Holds: > 0 } storage && --storage.Holds == 0)
        {
            Return(storage);
        }
    }

    /// <summary>Returns what the last step rented and nobody holds.</summary>
    public void EndStep()
    {
        foreach (Storage storage in _rented)
        {
            if (storage.Holds == 0)
            {
                Return(storage);
            }
        }
        _rented.Clear();
    }

    /// <summary>Returns the memory of gradients that an exception left on their way.</summary>
    public void End()
    {
        EndStep();
        foreach (Storage storage in _held)
        {
            if (storage.Holds > 0)
            {
                Return(storage);
            }
        }
        _held.Clear();
    }

    /// <summary>Hands a gradient to whoever asked for it: the caller, the parameter, or the tensor that retains it.</summary>
    public void Deliver<T>(Node<T> node, Tensor<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (OnGradient is not null)
        {
            OnGradient(node, gradient);
            return;
        }
        if (node.Retains)
        {
            node.Gradient = Adopt(node.Gradient is { } before ? before + gradient : gradient, node.Tape);
        }

        if (node.Parameter is { } parameter)
        {
            // Parameters get theirs at the end: a sweep that fails half-way must leave them untouched.
            Hold(gradient);
            _deliveries.Add(() => parameter.Accumulate(gradient, createGraph, this));
        }
    }

    /// <summary>Gives the parameters their gradients.</summary>
    public void Commit()
    {
        foreach (Action delivery in _deliveries)
        {
            delivery();
        }
    }

    /// <summary>Makes the tape the owner of a gradient that must outlive the walk.</summary>
    public Tensor<T> Adopt<T>(Tensor<T> gradient, Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Storage storage = gradient.View.Storage;
        if (storage.Holds >= 0)
        {
            storage.Holds = -1;
            tape.Adopt(storage);
        }
        return createGraph ? gradient : gradient.Detach();
    }

    // A hook may have asked the tape to keep a gradient.
    private static void Return(Storage storage)
    {
        if (!storage.ReturnsWhenUnreachable)
        {
            storage.Dispose();
        }
    }
}
