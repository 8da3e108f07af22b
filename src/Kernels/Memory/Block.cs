namespace Autodiff.Kernels;

/// <summary>A piece of a device's memory, aligned to 256 bytes, that the pool lends out.</summary>
internal abstract class Block(long bytes)
{
    /// <summary>The size, in bytes: that of its bucket.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>The arena that the block is set apart for; null where it may be lent to anyone.</summary>
    public MemoryArena? Arena { get; set; }

    /// <summary>Gives the memory back to the device or the operating system.</summary>
    public abstract void Free();
}
