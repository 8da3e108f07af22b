using System.Buffers;
using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Sees the kernel calls of a thread: while a step is captured it runs and notes each; before a replay it takes over the numbers that have changed.</summary>
internal sealed class Recorder(Recording recording)
{
    [ThreadStatic]
    private static Recorder? t_current;

    private readonly Operands _noted = new(recording), _made = new(recording);
    private StepSection? _section;
    private int _next;

    /// <summary>The recorder that kernel calls of this thread go to; null where they just run.</summary>
    public static Recorder? Current => t_current;

    /// <summary>What is being recorded, or repeated.</summary>
    public Recording Recording { get; } = recording;

    private bool IsRepeating { get; set; }

    /// <summary>Kernel calls go to this recorder, and memory comes from the recording's, until the result is disposed.</summary>
    public Scope Capture() => new(this, Recording.Values);

    /// <summary>Kernel calls just run, with memory of the pools, until the result is disposed: for what is made once and outlives the step.</summary>
    public static Scope Suspend() => new(null, null);

    /// <summary>Runs a kernel and notes it, or takes over its numbers.</summary>
    public void Call<TCall>(Device device, TCall call)
        where TCall : struct, IKernelCall<TCall>
    {
        if (IsRepeating)
        {
            Take(device, call);
            return;
        }

        call.Visit(Recording.Pinner);
        Command<TCall> command = new(device, call);
        using (new Scope(null, Recording.Scratch))
        {
            command.Run();
        }

        Recording.Commands.Add(command);
        _section?.Commands.Add(command);
    }

    /// <inheritdoc cref="Device.Adam{T}"/>
    public void Adam<T>(Device device, ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AdamParameter<T>[] listed = List(parameters);
        Call(device, new AdamCall<T>(listed, parameters.Length, step));
        Forget(listed);
    }

    /// <inheritdoc cref="Device.Sgd{T}"/>
    public void Sgd<T>(Device device, ReadOnlySpan<SgdParameter<T>> parameters, in SgdStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SgdParameter<T>[] listed = List(parameters);
        Call(device, new SgdCall<T>(listed, parameters.Length, step));
        Forget(listed);
    }

    /// <summary>Runs a piece of host code whose numbers change from step to step, and notes what it calls.</summary>
    public void Run(StepSection section, Action body)
    {
        if (_section is not null)
        {
            throw new InvalidOperationException($"Capture: {section} runs within {_section}; a captured step takes them one after the other.");
        }

        _section = section;
        try
        {
            body();
        }
        finally
        {
            _section = null;
        }

        Recording.Sections.Add(section);
    }

    /// <summary>Lets a piece run again for its numbers alone.</summary>
    public void Repeat(StepSection section)
    {
        (_section, _next, IsRepeating) = (section, 0, true);
        try
        {
            using (new Scope(this, Recording.Scratch))
            {
                section.Repeat();
            }

            if (_next != section.Commands.Count)
            {
                throw Changed($"it makes {_next} kernel calls");
            }
        }
        finally
        {
            (_section, IsRepeating) = (null, false);
        }
    }

    /// <exception cref="InvalidOperationException">Always.</exception>
    public void RefuseDownload(int count) => throw new InvalidOperationException(
        $"Capture: the step reads {Elements(count)} back to the host (Item, ToArray, CopyTo, or To another device). Replays run kernels only, so what "
        + "the host does with the values would not be repeated. Read the step's result after Capture or Run instead, and express what depends on values as tensor operations.");

    /// <exception cref="InvalidOperationException">Always.</exception>
    public void RefuseUpload(int count) => throw new InvalidOperationException(
        $"Capture: the step copies {Elements(count)} from the host (Tensor.Create, Indices, or To another device). Every replay would see these values again. "
        + "Make constants before the capture, and hand what changes to Capture as an input.");

    // What is recorded keeps its list; what is compared before a replay borrows one. (A refused replay does not give it back.)
    private TParameter[] List<TParameter>(ReadOnlySpan<TParameter> parameters)
    {
        TParameter[] listed = IsRepeating ? ArrayPool<TParameter>.Shared.Rent(parameters.Length) : new TParameter[parameters.Length];
        parameters.CopyTo(listed);
        return listed;
    }

    private void Forget<TParameter>(TParameter[] listed)
    {
        if (IsRepeating)
        {
            ArrayPool<TParameter>.Shared.Return(listed, clearArray: true);
        }
    }

    private static string Elements(int count) => count == 1 ? "1 element" : $"{count} elements";

    private void Take<TCall>(Device device, in TCall call)
        where TCall : struct, IKernelCall<TCall>
    {
        List<Command> commands = _section!.Commands;
        if (_next >= commands.Count)
        {
            throw Changed($"it makes more than {commands.Count} kernel calls");
        }

        if (commands[_next] is not Command<TCall> command || command.Device != device)
        {
            throw Changed($"kernel call {_next + 1} is another one");
        }

        _noted.Of(ref command.Call);
        TCall made = call;
        _made.Of(ref made);
        if (!_noted.Equal(_made))
        {
            throw Changed($"kernel call {_next + 1} works on other tensors");
        }

        command.Call.Take(call);
        _next++;
    }

    private InvalidOperationException Changed(string how) => new(
        $"Run: {_section} has changed since the step was captured with {_section!.Commands.Count} kernel calls: {how}. Capture the step again.");

    /// <summary>For how long a thread's kernel calls go to a recorder and its memory comes from an arena.</summary>
    public readonly ref struct Scope
    {
        private readonly Recorder? _recorder;
        private readonly MemoryArena? _arena;

        /// <summary>Begins it.</summary>
        public Scope(Recorder? recorder, MemoryArena? arena)
        {
            (_recorder, _arena) = (t_current, MemoryArena.Current);
            (t_current, MemoryArena.Current) = (recorder, arena);
        }

        /// <summary>What was before.</summary>
        public void Dispose() => (t_current, MemoryArena.Current) = (_recorder, _arena);
    }

    /// <summary>The operands of a call, in the order of its arguments.</summary>
    private sealed class Operands(Recording recording) : IOperandVisitor
    {
        private readonly List<(Storage Storage, Layout Layout)> _list = [];

        public void Of<TCall>(ref TCall call)
            where TCall : struct, IKernelCall<TCall>
        {
            _list.Clear();
            call.Visit(this);
        }

        public bool Equal(Operands other)
        {
            if (_list.Count != other._list.Count)
            {
                return false;
            }

            for (int i = 0; i < _list.Count; i++)
            {
                (Storage mine, Layout layout) = _list[i];
                (Storage theirs, Layout otherLayout) = other._list[i];
                // A temporary of the host code is a new storage every time.
                bool same = mine == theirs || (theirs.Block.Arena == recording.Scratch && theirs.Length == mine.Length);
                if (!same || layout.Shape != otherLayout.Shape || layout.Offset != otherLayout.Offset)
                {
                    return false;
                }
            }

            return true;
        }

        public void Read<T>(ref View<T> view)
            where T : unmanaged => _list.Add((recording.Known(view.Storage), view.Layout));

        public void Write<T>(ref View<T> view)
            where T : unmanaged => Read(ref view);

        public void Update<T>(ref View<T> view)
            where T : unmanaged => Read(ref view);
    }
}
