using System.Numerics;

namespace Autodiff;

public sealed partial class Tape
{
    /// <summary>Walks back from <paramref name="x"/> and adds dx/dθ to the <see cref="Tensor{T}.Gradient"/> of every parameter θ that it depends on.</summary>
    /// <param name="x">What is differentiated, usually the loss.</param>
    /// <param name="gradient">The gradient to start from, of the shape of <paramref name="x"/>; 1 if omitted, for a scalar.</param>
    /// <param name="createGraph">Record the walk itself, so that the gradients can be differentiated in turn.</param>
    /// <exception cref="InvalidOperationException">This tape did not record <paramref name="x"/>, or it is not a scalar and no gradient is given.</exception>
    public void Backward<T>(Tensor<T> x, Tensor<T>? gradient = null, bool createGraph = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Node<T> root = RootOf(x, nameof(Backward));
        Walk(root, SeedOf(x, gradient, nameof(Backward)), new Sweep(createGraph, wanted: null));
    }

    /// <summary>The gradients of <paramref name="x"/> with respect to some tensors, leaving every <see cref="Tensor{T}.Gradient"/> as it is.</summary>
    /// <param name="x">What is differentiated.</param>
    /// <param name="inputs">Parameters, watched tensors, or intermediate results of this tape.</param>
    /// <param name="gradient">The gradient to start from, of the shape of <paramref name="x"/>; 1 if omitted, for a scalar.</param>
    /// <param name="createGraph">Record the walk itself, so that the gradients can be differentiated in turn.</param>
    /// <returns>For each input its gradient, owned by the tape; null where <paramref name="x"/> does not depend on it.</returns>
    /// <exception cref="InvalidOperationException">This tape did not record <paramref name="x"/>, or it is not a scalar and no gradient is given.</exception>
    public Tensor<T>?[] Gradient<T>(Tensor<T> x, ReadOnlySpan<Tensor<T>> inputs, Tensor<T>? gradient = null, bool createGraph = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Node<T> root = RootOf(x, nameof(Gradient));
        Tensor<T> seed = SeedOf(x, gradient, nameof(Gradient));
        Tensor<T>?[] gradients = new Tensor<T>?[inputs.Length];
        Tensor<T>[] targets = inputs.ToArray();
        bool[] wanted = new bool[root.Index + 1];
        for (int i = 0; i <= root.Index; i++)
        {
            wanted[i] = IndexIn(targets, _nodes[i]) >= 0 || _nodes[i].Reaches(wanted);
        }

        Sweep sweep = null!;
        sweep = new Sweep(createGraph, wanted)
        {
            OnGradient = (node, arrived) =>
            {
                for (int i = 0; i < targets.Length; i++)
                {
                    if (!Is(targets[i], node))
                    {
                        continue;
                    }

                    Tensor<T> part = (Tensor<T>)arrived;
                    gradients[i] = sweep.Adopt(gradients[i] is { } before ? before + part : part, this);
                }
            },
        };
        Walk(root, seed, sweep);
        return gradients;
    }

    private static int IndexIn<T>(Tensor<T>[] targets, Node node)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (Is(targets[i], node))
            {
                return i;
            }
        }
        return -1;
    }

    private static bool Is<T>(Tensor<T> tensor, Node node)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        tensor is Parameter<T> ? node is Node<T> { Parameter: { } parameter } && parameter == tensor : tensor.Node == node;

    private Node<T> RootOf<T>(Tensor<T> x, string call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Node is { } node && node.Tape == this)
        {
            return node;
        }

        if (x is Parameter<T> && _leaves.TryGetValue(x, out Node? leaf))
        {
            return (Node<T>)leaf;
        }

        string why = x.Node is null || x is Parameter<T>
            ? "it was computed outside a tape, in a NoGradient scope, or from constants only"
            : "another tape recorded it";
        throw new InvalidOperationException($"{call}: this tape did not record the tensor of shape {x.Shape}: {why}. Compute it after 'new Tape()' from a Parameter or a tensor that tape.Watch returned.");
    }

    private static Tensor<T> SeedOf<T>(Tensor<T> x, Tensor<T>? gradient, string call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (gradient is null)
        {
            return x.Count == 1
                ? Tensor.Ones<T>(x.Shape, x.Device)
                : throw new InvalidOperationException($"{call}: a tensor of shape {x.Shape} needs a gradient to start from; pass one of that shape, or reduce to a scalar with Sum() or Mean().");
        }
        return gradient.Shape == x.Shape
            ? gradient
            : throw new ArgumentException($"{call}: the starting gradient has shape {gradient.Shape}, the tensor {x.Shape}.");
    }

    private void Walk<T>(Node<T> root, Tensor<T> seed, Sweep sweep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (_sweep is not null)
        {
            throw new InvalidOperationException("Backward: this tape is being walked already; a hook must not start another backward pass on it.");
        }

        Enter("Backward");
        _sweep = sweep;
        _walker = Environment.CurrentManagedThreadId;
        Leave();
        if (!sweep.CreatesGraph)
        {
            Pause();
        }

        Scope? ambient = Ambient.Value;
        Ambient.Value = _scope;
        try
        {
            root.Receive(seed, sweep);
            for (int i = root.Index; i >= 0; i--)
            {
                if (!sweep.Wants(_nodes[i]))
                {
                    continue;
                }

                _nodes[i].Propagate(sweep);
                sweep.EndStep();
            }
            sweep.Commit();
        }
        finally
        {
            foreach (Node node in _nodes)
            {
                node.Reset();
            }

            sweep.End();
            if (!sweep.CreatesGraph)
            {
                Resume();
            }

            _walker = 0;
            _sweep = null;
            Ambient.Value = ambient;
        }
    }
}
