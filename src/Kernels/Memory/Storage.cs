namespace Autodiff.Kernels;

/// <summary>A block of a device's memory with an owner: whoever disposes it gives the block back to the pool.</summary>
public abstract class Storage : IDisposable
{
    private readonly bool _borrows;
    private Block? _block;
    private Reclaimer? _reclaimer;

    private protected Storage(Device device, int length, long bytes)
    {
        Device = device;
        Length = length;
        _block = device.Pool.Rent(bytes);
    }

    private protected Storage(Device device, int length, Block borrowed)
    {
        Device = device;
        Length = length;
        _block = borrowed;
        _borrows = true;
    }

    /// <summary>The device the memory belongs to.</summary>
    public Device Device { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether the memory has been given back.</summary>
    public bool IsDisposed => Volatile.Read(ref _block) is null;

    /// <summary>How often the content was changed in place; lets a tape notice that a value it saved is no longer the one it saw.</summary>
    public int Version { get; private set; }

    /// <summary>Whether the content may be changed in place: that of a parameter.</summary>
    internal bool IsMutable { get; set; }

    /// <summary>Whether nothing but the garbage collector decides when the memory goes back.</summary>
    internal bool ReturnsWhenUnreachable => _reclaimer is not null;

    /// <summary>How many gradients of a running backward sweep lie in this memory; -1 where the sweep does not own it.</summary>
    internal int Holds { get; set; } = -1;

    internal Block Block => Volatile.Read(ref _block)
        ?? throw new ObjectDisposedException(GetType().Name, "The memory was given back to the pool. Tensors made on a tape live until the tape is disposed; call tape.Keep(tensor) for those that must live longer.");

    /// <summary>Notes that the content was changed in place.</summary>
    public void Touch() => Version++;

    /// <summary>Lets the garbage collector give the memory back when nothing refers to this object any more.</summary>
    public void ReturnWhenUnreachable() => _reclaimer ??= new Reclaimer(Device.Pool, Block);

    /// <summary>Gives the memory back to the pool now.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _block, null) is not { } block)
        {
            return;
        }

        if (_reclaimer is { } reclaimer)
        {
            GC.SuppressFinalize(reclaimer);
        }

        if (!_borrows)
        {
            Device.Pool.Return(block);
        }
    }

    /// <summary>The only finalizable object, made just for storages that no scope owns: finalizers cost five times an ordinary allocation.</summary>
    private sealed class Reclaimer(MemoryPool pool, Block block)
    {
        ~Reclaimer() => pool.Return(block);
    }
}

/// <summary>A block of a device's memory that holds elements of type <typeparamref name="T"/>.</summary>
public sealed class Storage<T> : Storage
    where T : unmanaged
{
    /// <summary>Rents memory for <paramref name="length"/> elements; the content is undefined.</summary>
    public unsafe Storage(Device device, int length)
        : base(device, length, (long)length * sizeof(T))
    {
    }

    /// <summary>The memory of another storage under a second owner, who sees to it that the block stays: a captured step, on behalf of its arena.</summary>
    internal Storage(Storage<T> source)
        : base(source.Device, source.Length, source.Block)
    {
    }
}
