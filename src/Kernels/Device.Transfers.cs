namespace Autodiff.Kernels;

public abstract partial class Device
{
    /// <summary>How often the host has waited for the device: for results, for <see cref="Synchronize"/>, or for room to upload; constant in a loop that keeps the device busy.</summary>
    public virtual long HostWaits => 0;

    /// <summary>The most bytes that the memory pool may take from the device, unlimited at first: to share a device, or to see what happens when memory runs out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long MemoryLimit
    {
        get => Pool.Limit;
        set => Pool.Limit = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A memory limit is a number of bytes from 0 on.");
    }

    /// <summary>Starts to copy elements to host memory, after the kernels that write them and before those that are started later, and does not wait for them.</summary>
    /// <param name="source">The elements; they may be overwritten or given back as soon as this returns.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidOperationException">A step is being captured: what is done with the values would not be repeated.</exception>
    public PendingRead<T> BeginDownload<T>(Storage<T> source, int offset, int count)
        where T : unmanaged
    {
        Recorder.Current?.RefuseDownload(count);
        return BeginDownloadCore(source, offset, count);
    }

    internal virtual PendingRead<T> BeginDownloadCore<T>(Storage<T> source, int offset, int count)
        where T : unmanaged
    {
        var values = new T[count];
        DownloadCore(source, offset, values);
        return new PendingRead<T>(values);
    }
}
