namespace Autodiff.Kernels;

/// <summary>The calls of a step as a fusion sees them: who uses which result.</summary>
internal sealed class CommandList : IOperandVisitor
{
    private readonly List<Command?> _commands;
    private readonly HashSet<Command> _kept;
    private readonly IReadOnlySet<Storage> _results;
    private readonly Dictionary<Storage, (int Reads, int Writes)> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, int> _owners = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks through a list.</summary>
    public CommandList(IEnumerable<Command> commands, IEnumerable<Command> kept, IReadOnlySet<Storage> results)
    {
        _commands = [.. commands];
        _kept = [.. kept];
        _results = results;
        foreach (Command? command in _commands)
        {
            command!.Visit(this);
        }

        foreach (Storage storage in _uses.Keys)
        {
            _owners[storage.Block] = _owners.GetValueOrDefault(storage.Block) + 1;
        }
    }

    /// <summary>How many calls there are, those that were removed included.</summary>
    public int Count => _commands.Count;

    /// <summary>A call that may be replaced; null where there is none.</summary>
    public Command? this[int index] => index < Count && _commands[index] is { } command && !_kept.Contains(command) ? command : null;

    /// <summary>A call that gets new numbers before each replay; null where there is none.</summary>
    public Command? Kept(int index) => _commands[index] is { } command && _kept.Contains(command) ? command : null;

    /// <summary>Whether a result is written once, read once, and not looked at after the step: it need not exist if the two calls are one.</summary>
    public bool IsPassing(Storage storage) => _uses[storage] == (1, 1) && !_results.Contains(storage);

    /// <summary>Whether a storage is a result of the step that is written once.</summary>
    public bool IsWrittenOnce(Storage storage) => _uses[storage].Writes == 1;

    /// <summary>Whether a result has memory of the step to itself: nothing else ever lies there.</summary>
    public bool IsAlone(Storage storage) => storage.Block.Arena is not null && _owners[storage.Block] == 1;

    /// <summary>The next call behind one that uses a storage, if the first may as well be made just before it: nothing in between changes what it reads.</summary>
    /// <returns>Its place; -1 where there is none.</returns>
    public int NextUse(int index, Storage storage)
    {
        Touched reads = Of(index);
        for (int i = index + 1; i < Count; i++)
        {
            if (_commands[i] is null)
            {
                continue;
            }

            Touched touched = Of(i);
            if (touched.Storages.Contains(storage))
            {
                return i;
            }

            if (touched.Written.Overlaps(reads.Read))
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>Whether a call may as well be made just before a later one: nothing in between uses what it writes, or changes what it reads.</summary>
    public bool CanMoveTo(int index, int later)
    {
        Touched moved = Of(index);
        for (int i = index + 1; i < later; i++)
        {
            if (_commands[i] is null)
            {
                continue;
            }

            Touched passed = Of(i);
            if (passed.Written.Overlaps(moved.Read) || passed.Written.Overlaps(moved.Written) || passed.Read.Overlaps(moved.Written))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a call writes where another one reads.</summary>
    public bool Changes(int writer, int reader) => Of(writer).Written.Overlaps(Of(reader).Read);

    /// <summary>Whether a call reads what lies in a block.</summary>
    public bool Reads(int index, Block block) => Of(index).Read.Contains(block);

    /// <summary>Drops a call, or puts another one in its place.</summary>
    public void Replace(int index, Command? command) => _commands[index] = command;

    /// <summary>The calls that are left.</summary>
    public List<Command> ToList() => [.. _commands.OfType<Command>()];

    private Touched Of(int index)
    {
        Touched touched = new();
        _commands[index]!.Visit(touched);
        return touched;
    }

    void IOperandVisitor.Read<T>(ref View<T> view) => Note(view.Storage, 1, 0);

    void IOperandVisitor.Write<T>(ref View<T> view) => Note(view.Storage, 0, 1);

    void IOperandVisitor.Update<T>(ref View<T> view) => Note(view.Storage, 1, 1);

    private void Note(Storage storage, int reads, int writes)
    {
        (int Reads, int Writes) = _uses.GetValueOrDefault(storage);
        _uses[storage] = (Reads + reads, Writes + writes);
    }

    /// <summary>What one call touches.</summary>
    private sealed class Touched : IOperandVisitor
    {
        public HashSet<Storage> Storages { get; } = new(ReferenceEqualityComparer.Instance);

        public HashSet<Block> Read { get; } = new(ReferenceEqualityComparer.Instance);

        public HashSet<Block> Written { get; } = new(ReferenceEqualityComparer.Instance);

        void IOperandVisitor.Read<T>(ref View<T> view)
        {
            Storages.Add(view.Storage);
            Read.Add(view.Storage.Block);
        }

        void IOperandVisitor.Write<T>(ref View<T> view)
        {
            Storages.Add(view.Storage);
            Written.Add(view.Storage.Block);
        }

        void IOperandVisitor.Update<T>(ref View<T> view)
        {
            Storages.Add(view.Storage);
            Read.Add(view.Storage.Block);
            Written.Add(view.Storage.Block);
        }
    }
}
