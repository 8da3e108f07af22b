using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autodiff.Kernels;

/// <summary>The tables of parameters that optimizers' launches read, kept on the device from step to step.</summary>
/// <remarks>
/// Parameters and running quantities stay where they are. Gradients do so in captured steps, which therefore copy nothing; in others the pool may move them, and a table of the new
/// places is copied to the device, which the host does not wait for. Tables are known by their content, so that no launch sees a stale one; they are overwritten in the order of the
/// stream, after the launches that read them. Not thread-safe: the device's lock protects it.
/// </remarks>
internal sealed class SlotTables(Device device)
{
    // Several optimizers, each with several places of its gradients.
    private const int Tables = 16;
    private const int LeastCapacity = 64;

    private readonly int[] _counts = new int[Tables];
    private readonly long[] _lastUses = new long[Tables];
    private SlotEntry[] _entries = [], _draft = [];
    private Storage<byte>? _storage;
    private int _capacity;
    private long _uses;

    /// <summary>Room for a table, whatever its content; valid until the next call.</summary>
    public Span<SlotEntry> Draft(int count)
    {
        if (_capacity < count)
        {
            Grow(Math.Max(LeastCapacity, Math.Max(count, 2 * _capacity)));
        }

        return _draft.AsSpan(0, count);
    }

    /// <summary>Where the table lies on the device; it is copied there if it is new.</summary>
    /// <returns>What all tables lie in, and the table's first byte there.</returns>
    public (Storage<byte> Storage, int Offset) Find(ReadOnlySpan<SlotEntry> table)
    {
        int number = 0;
        for (int i = 0; i < Tables; i++)
        {
            if (MemoryMarshal.AsBytes(Known(i)).SequenceEqual(MemoryMarshal.AsBytes(table)))
            {
                _lastUses[i] = ++_uses;
                return (_storage!, Offset(i));
            }

            number = _lastUses[i] < _lastUses[number] ? i : number;
        }

        // Until it is there, it is not known.
        _counts[number] = 0;
        device.UploadCore(MemoryMarshal.AsBytes(table), _storage!, Offset(number));
        table.CopyTo(_entries.AsSpan(number * _capacity));
        _counts[number] = table.Length;
        _lastUses[number] = ++_uses;
        return (_storage!, Offset(number));
    }

    private ReadOnlySpan<SlotEntry> Known(int number) => _entries.AsSpan(number * _capacity, _counts[number]);

    private int Offset(int number) => number * _capacity * Unsafe.SizeOf<SlotEntry>();

    private void Grow(int capacity)
    {
        // They outlive the step that may be captured now.
        using Recorder.Scope outside = Recorder.Suspend();
        Storage<byte> storage = new(device, Tables * capacity * Unsafe.SizeOf<SlotEntry>());
        _storage?.Dispose();
        _storage = storage;
        _capacity = capacity;
        _entries = new SlotEntry[Tables * capacity];
        _draft = new SlotEntry[capacity];
        _counts.AsSpan().Clear();
    }
}
