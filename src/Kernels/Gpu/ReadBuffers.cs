using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>The page-locked memory that reads arrive in, which is slow to make: it is kept and used again, also that of reads whose values nobody asked for.</summary>
/// <remarks>
/// A buffer is lent from the beginning of a read until its values are taken, or until the garbage collector finds that nobody can take them. The latter needs no look at the mark:
/// what is fetched into it next comes later in the same stream. Not thread-safe but for <see cref="Abandon"/>: the device's lock protects it.
/// </remarks>
internal sealed class ReadBuffers(Accelerator accelerator, AcceleratorStream stream)
{
    private readonly Dictionary<long, Stack<ReadBuffer>> _free = [];

    // ILGPU's buffers have finalizers: one that only an unreachable read knew would die with it.
    private readonly HashSet<ReadBuffer> _lent = [];
    private readonly ConcurrentQueue<ReadBuffer> _abandoned = [];

    /// <summary>How many buffers there are.</summary>
    public int Count { get; private set; }

    /// <summary>Starts to fetch bytes from the device.</summary>
    public ReadBuffer Fetch(ArrayView<byte> source)
    {
        while (_abandoned.TryDequeue(out ReadBuffer? abandoned))
        {
            Return(abandoned);
        }

        long bucket = MemoryPool.Bucket(source.LengthInBytes);
        if (!_free.TryGetValue(bucket, out Stack<ReadBuffer>? free) || !free.TryPop(out ReadBuffer? buffer))
        {
            buffer = new ReadBuffer(accelerator.AllocatePageLocked1D<byte>(bucket, uninitialized: true), StreamMark.Set(stream));
            Count++;
        }

        _lent.Add(buffer);
        HostCopies.Fetch(stream, source, buffer.Bytes);
        buffer.Arrival.Renew();
        return buffer;
    }

    /// <summary>Takes a buffer back whose values were taken.</summary>
    public void Return(ReadBuffer buffer)
    {
        _lent.Remove(buffer);
        if (!_free.TryGetValue(buffer.Bytes.Length, out Stack<ReadBuffer>? free))
        {
            _free[buffer.Bytes.Length] = free = new Stack<ReadBuffer>();
        }

        free.Push(buffer);
    }

    /// <summary>Takes a buffer back whose values nobody can ask for any more; from any thread, without waiting.</summary>
    public void Abandon(ReadBuffer buffer) => _abandoned.Enqueue(buffer);
}
