namespace Autodiff.Kernels;

/// <summary>The kernel calls of one captured step, in their order, with the memory that they work on.</summary>
/// <remarks>
/// The memory that was rented during the capture is set apart in <see cref="Values"/>: within the step a block serves one result after the other, as it did when the
/// step was captured, and nobody else gets it before <see cref="Dispose"/>. Every result has a storage of its own all the same, which is what tells results
/// apart where fusions ask who reads what.
/// </remarks>
internal sealed class Recording : IDisposable
{
    private readonly Dictionary<Storage, Storage> _pinned = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Storage> _borrowed = new(ReferenceEqualityComparer.Instance);
    private readonly List<Storage> _changed = [], _owned = [];
    private bool _disposed;

    /// <summary>Starts empty.</summary>
    public Recording()
    {
        Recorder = new Recorder(this);
        Pinner = new PinVisitor(this);
    }

    /// <summary>For who forgot to dispose.</summary>
    ~Recording() => GiveBack();

    /// <summary>What fills it.</summary>
    public Recorder Recorder { get; }

    /// <summary>The kernel calls in the order in which they run.</summary>
    public List<Command> Commands { get; private set; } = [];

    /// <summary>The pieces of host code that give some of the calls new numbers before each replay.</summary>
    public List<StepSection> Sections { get; } = [];

    /// <summary>
    /// The calls whose numbers (not operands) a replay may find changed, and no others. A device that compiles the list, as into a CUDA graph, gives these calls, and
    /// only these, their present numbers before it runs.
    /// </summary>
    public IEnumerable<Command> Varying => Sections.SelectMany(section => section.Commands);

    /// <summary>The memory of the step's results.</summary>
    public MemoryArena Values { get; } = new(sharesLate: true);

    /// <summary>The memory that kernels use while they run.</summary>
    public MemoryArena Scratch { get; } = new();

    /// <summary>What the device keeps for running the list faster; disposed with the recording. See <see cref="Device.Replay"/>.</summary>
    public IDisposable? Compiled { get; set; }

    /// <summary>Makes operands those of the recording.</summary>
    internal IOperandVisitor Pinner { get; }

    /// <summary>Becomes the owner of a storage, such as an input's, which it disposes with itself.</summary>
    public void Own(Storage storage) => _owned.Add(storage);

    /// <summary>The view of a result that lives as long as the recording; that of other tensors is what it was.</summary>
    public View<T> Pin<T>(View<T> view)
        where T : unmanaged
    {
        if (view.Storage.IsDisposed || view.Storage.Block.Arena != Values)
        {
            if (!_pinned.TryGetValue(view.Storage, out Storage? gone))
            {
                _borrowed.Add(view.Storage);
                return view;
            }

            return new View<T>((Storage<T>)gone, view.Layout);
        }

        if (!_pinned.TryGetValue(view.Storage, out Storage? pinned))
        {
            pinned = new Storage<T>(view.Storage);
            _pinned.Add(view.Storage, pinned);
            _pinned.Add(pinned, pinned);
        }

        return new View<T>((Storage<T>)pinned, view.Layout);
    }

    /// <summary>The recording's storage for one of the capture; others are what they are.</summary>
    public Storage Known(Storage storage) => _pinned.TryGetValue(storage, out Storage? pinned) ? pinned : storage;

    /// <summary>Ends the recording: fuses what can be fused, and gives back memory that no call needs.</summary>
    /// <param name="results">What is read after a replay.</param>
    public void Finish(IReadOnlySet<Storage> results)
    {
        Commands = Fusion.Apply(Commands, Varying, results);
        UseVisitor uses = new();
        foreach (Command command in Commands)
        {
            command.Visit(uses);
        }

        uses.Blocks.UnionWith(results.Where(result => !result.IsDisposed).Select(result => result.Block));
        Values.Trim(uses.Blocks);
        _borrowed.IntersectWith(uses.Storages);
        _changed.AddRange(uses.Changed.Where(storage => storage.IsMutable));
    }

    /// <summary>Refuses a replay that would work on memory that was given back.</summary>
    /// <exception cref="InvalidOperationException">A tensor that the step uses, and that is not its own, was disposed.</exception>
    public void RefuseLostMemory()
    {
        foreach (Storage storage in _borrowed)
        {
            if (storage.IsDisposed)
            {
                throw new InvalidOperationException($"Run: the step works on a tensor of {storage.Length} elements that was made before the capture and has since lost its memory: "
                    + "its tape was disposed, or it was a gradient that has been zeroed. Make such tensors outside any tape, zero gradients within the step, or capture the step again.");
            }
        }
    }

    /// <summary>Lets the host code give the varying calls their numbers, then runs all calls.</summary>
    public void Replay()
    {
        foreach (StepSection section in Sections)
        {
            Recorder.Repeat(section);
        }

        using (new Recorder.Scope(null, Scratch))
        {
            if (Commands.Count > 0)
            {
                Commands[0].Device.Replay(this);
            }
        }

        foreach (Storage storage in _changed)
        {
            storage.Touch();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GiveBack();
        GC.SuppressFinalize(this);
    }

    private void GiveBack()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Compiled?.Dispose();
        foreach (Storage pinned in _pinned.Values)
        {
            pinned.Dispose();
        }

        foreach (Storage owned in _owned)
        {
            owned.Dispose();
        }

        Values.Release();
        Scratch.Release();
    }

    private sealed class PinVisitor(Recording recording) : IOperandVisitor
    {
        public void Read<T>(ref View<T> view)
            where T : unmanaged => view = recording.Pin(view);

        public void Write<T>(ref View<T> view)
            where T : unmanaged => view = recording.Pin(view);

        public void Update<T>(ref View<T> view)
            where T : unmanaged => view = recording.Pin(view);
    }

    private sealed class UseVisitor : IOperandVisitor
    {
        public HashSet<Storage> Storages { get; } = new(ReferenceEqualityComparer.Instance);

        public HashSet<Storage> Changed { get; } = new(ReferenceEqualityComparer.Instance);

        public HashSet<Block> Blocks { get; } = new(ReferenceEqualityComparer.Instance);

        public void Read<T>(ref View<T> view)
            where T : unmanaged
        {
            Storages.Add(view.Storage);
            Blocks.Add(view.Storage.Block);
        }

        public void Write<T>(ref View<T> view)
            where T : unmanaged
        {
            Read(ref view);
            Changed.Add(view.Storage);
        }

        public void Update<T>(ref View<T> view)
            where T : unmanaged => Write(ref view);
    }
}
