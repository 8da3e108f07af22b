using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Records the operations that run while it is current, owns the memory of their results, and walks back over them for gradients.</summary>
/// <remarks>
/// <para>The list of operations, in the order in which they ran, is already in topological order, so the walk back needs no sort: every operation stands behind all that it used.</para>
/// <para>A tape is current from its construction to its disposal, in the code (and across the awaits) of whoever made it; tapes nest. Several threads may each have one;
/// one tape must not be used by two threads at once, which is refused. Outside a tape nothing is recorded.</para>
/// <code>
/// using var tape = new Tape();
/// var loss = Loss.MeanSquaredError(network.Forward(responses), stimuli);
/// tape.Backward(loss);
/// optimizer.Step();
/// </code>
/// </remarks>
public sealed partial class Tape : IDisposable
{
    private static readonly AsyncLocal<Scope?> Ambient = new();

    private readonly Scope _scope;
    private readonly List<Storage> _owned = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<object, Node> _leaves = new(ReferenceEqualityComparer.Instance);
    private readonly bool _records;
    private Sweep? _sweep;
    private readonly int _owner;
    private int _pauses, _thread, _walker;
    private bool _disposed;

    /// <summary>Starts a tape and makes it current.</summary>
    /// <param name="record">Whether operations are recorded; without, the tape is a scope that owns memory: the way to run inference in a loop without waiting for the garbage collector.</param>
    public Tape(bool record = true)
    {
        _records = record;
        Ambient.Value = _scope = new Scope(this, Scope.Live(Ambient.Value));
    }

    /// <summary>Starts the tape of a captured step, which belongs to one thread: what others do would not be captured.</summary>
    internal Tape(StepCapture _)
        : this() => _owner = Environment.CurrentManagedThreadId;

    /// <summary>For who forgot to dispose: leaves each result to the garbage collector, since constants made on the tape may still be in use.</summary>
    ~Tape()
    {
        foreach (Storage storage in _owned)
        {
            if (!storage.IsDisposed)
            {
                storage.ReturnWhenUnreachable();
            }
        }
    }

    /// <summary>The tape that records the operations of the running code, if any.</summary>
    public static Tape? Current => Scope.Live(Ambient.Value)?.Tape;

    /// <summary>The number of operations and leaves recorded so far.</summary>
    public int Count => _nodes.Count;

    private bool IsRecording => _records && _pauses == 0 && !_disposed;

    /// <summary>Stops the current tape from recording until the result is disposed; a no-op outside a tape.</summary>
    public static NoGradientScope NoGradient() => new(Current);

    /// <summary>Memory for a result, owned by the current tape, or, outside one, by the garbage collector.</summary>
    /// <remarks>For those who write operations of their own: rent, run kernels into it, then <see cref="Record{T}"/>.</remarks>
    public static View<T> Rent<T>(Device device, Shape shape)
        where T : unmanaged
    {
        Storage<T> storage = new(device, shape.Count);
        if (Current is { } tape)
        {
            tape.Own(storage);
        }
        else
        {
            storage.ReturnWhenUnreachable();
        }

        return new View<T>(storage, new Layout(shape));
    }

    /// <summary>Whether operations on a tensor are recorded now: what only their gradients need is not worth computing otherwise.</summary>
    internal static bool Follows<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.RequiresGradient && Current is { IsRecording: true };

    /// <summary>Makes a tensor of a result and, if a tape records and a gradient flows to one of the inputs, notes how to differentiate it.</summary>
    /// <param name="operation">The operation's name, for messages.</param>
    /// <param name="result">What the kernels have computed.</param>
    /// <param name="inputs">The inputs that the result depends on smoothly, each with its vector-Jacobian product.</param>
    public static Tensor<T> Record<T>(string operation, View<T> result, params ReadOnlySpan<Input<T>> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Current is not { IsRecording: true } tape)
        {
            return new Tensor<T>(result);
        }

        int flowing = 0;
        foreach (Input<T> input in inputs)
        {
            if (input.Tensor.RequiresGradient)
            {
                flowing++;
            }
        }
        return flowing == 0 ? new Tensor<T>(result) : tape.Append(operation, result, inputs, flowing);
    }

    /// <summary>The same values as a leaf of this tape: a backward pass leaves dL/dx in the <see cref="Tensor{T}.Gradient"/> of the result.</summary>
    public Tensor<T> Watch<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Enter("Watch");
        try
        {
            Node<T> node = AddLeaf(x.View, null, "a watched tensor");
            node.Retains = true;
            return node.Output;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>A tensor with the values of <paramref name="x"/> that outlives the tape.</summary>
    public Tensor<T> Keep<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        x.View.Storage.ReturnWhenUnreachable();
        return x.Detach();
    }

    /// <summary>Stops recording, gives the memory of everything computed on the tape back to the pool, and makes the outer tape current again.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        Enter("Dispose");
        ReturnMemory();
        Leave();
        GC.SuppressFinalize(this);
        if (Ambient.Value == _scope)
        {
            Ambient.Value = Scope.Live(_scope);
        }
    }

    internal void Own(Storage storage)
    {
        Enter("An operation");
        try
        {
            if (_sweep is { CreatesGraph: false } sweep)
            {
                sweep.Rented(storage);
            }
            else
            {
                _owned.Add(storage);
            }
        }
        finally
        {
            Leave();
        }
    }

    internal void Adopt(Storage storage) => _owned.Add(storage);

    internal void Pause() => _pauses++;

    internal void Resume() => _pauses--;

    private Tensor<T> Append<T>(string operation, View<T> result, ReadOnlySpan<Input<T>> inputs, int flowing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Enter(operation);
        try
        {
            Edge<T>[] edges = new Edge<T>[flowing];
            Seen<T>[] seen = [];
            int next = 0;
            foreach (Input<T> input in inputs)
            {
                if (input.Tensor.RequiresGradient)
                {
                    edges[next++] = new Edge<T>(NodeOf(input.Tensor, operation), input.Vjp);
                }

                if (input.Tensor.View.Storage is { IsMutable: true } storage)
                {
                    seen = [.. seen, new Seen<T>(input.Tensor, storage.Version)];
                }
            }
            return Add(new Node<T>(this, _nodes.Count, operation, edges, seen), result);
        }
        finally
        {
            Leave();
        }
    }

    private Node<T> NodeOf<T>(Tensor<T> tensor, string operation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tensor is Parameter<T> parameter)
        {
            if (_leaves.TryGetValue(parameter, out Node? known) && (Node<T>)known is { IsCurrent: true } current)
            {
                return current;
            }

            StepCapture.Current?.Trace(parameter);
            Node<T> leaf = AddLeaf(parameter.View, parameter, parameter.Origin);
            _leaves[parameter] = leaf;
            return leaf;
        }
        Node<T> node = tensor.Node!;
        if (node.Tape != this)
        {
            throw new InvalidOperationException($"{operation}: {tensor.Origin} of shape {tensor.Shape} was recorded on another tape than the current one. "
                + "Compute it on the current tape, or pass tensor.Detach() if no gradient should flow through it.");
        }
        return node;
    }

    private Node<T> AddLeaf<T>(View<T> view, Parameter<T>? parameter, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Node<T> node = new(this, _nodes.Count, name, [], [], parameter);
        Add(node, view);
        if (parameter is not null)
        {
            node.Output = parameter;
        }

        return node;
    }

    private Tensor<T> Add<T>(Node<T> node, View<T> view)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _nodes.Add(node);
        return node.Output = new Tensor<T>(view, node);
    }

    private void ReturnMemory()
    {
        _disposed = true;
        foreach (Storage storage in _owned)
        {
            if (!storage.ReturnsWhenUnreachable)
            {
                storage.Dispose();
            }
        }
        _owned.Clear();
        _nodes.Clear();
        _leaves.Clear();
    }

    // A tape has no locks: it belongs to one flow of control at a time. This notices when that is not so.
    private void Enter(string operation)
    {
        int thread = Environment.CurrentManagedThreadId;
        int holder = Interlocked.CompareExchange(ref _thread, thread, 0);
        if (holder != 0)
        {
            throw InUse(operation, holder, thread);
        }

        if (_walker != 0 && _walker != thread)
        {
            Leave();
            throw InUse(operation, _walker, thread);
        }
        if (_owner != 0 && _owner != thread)
        {
            Leave();
            throw new InvalidOperationException($"{operation}: thread {_owner} is capturing a step on this tape, called from thread {thread}, whose work would not be captured. "
                + "Do everything that the step consists of on the thread that captures it.");
        }
        if (_disposed)
        {
            Leave();
            throw new ObjectDisposedException(nameof(Tape), $"{operation}: the tape was disposed.");
        }
    }

    private void Leave() => Volatile.Write(ref _thread, 0);

    private static InvalidOperationException InUse(string operation, int holder, int thread) =>
        new($"{operation}: this tape is in use by thread {holder}, called from thread {thread}. Give each thread a tape of its own.");

    /// <summary>A tape's place among the tapes of the running code. It refers to the tape weakly: one that was forgotten must not stay alive just because it is current.</summary>
    private sealed class Scope
    {
        private readonly WeakReference<Tape> _tape;
        private Scope? _outer;

        public Scope(Tape tape, Scope? outer)
        {
            _tape = new WeakReference<Tape>(tape);
            _outer = outer;
            if (outer is not null)
            {
                outer._outer = Live(outer._outer);
            }
        }

        public Tape? Tape => _tape.TryGetTarget(out Tape? tape) && !tape._disposed ? tape : null;

        /// <summary>The innermost scope, from one outwards, whose tape is still in use.</summary>
        public static Scope? Live(Scope? scope)
        {
            while (scope is { Tape: null })
            {
                scope = scope._outer;
            }

            return scope;
        }
    }
}
