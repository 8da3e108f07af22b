using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <summary>The bytes of a staging buffer; tests make it small.</summary>
    internal int StagingBytes { get; set; } = 4 << 20;

    private StagingRing? _staging;
    private ReadBuffers? _reads;
    private long _waits;

    /// <summary>How many buffers reads have needed at once.</summary>
    internal int ReadBufferCount => _reads?.Count ?? 0;

    /// <inheritdoc/>
    public override long HostWaits
    {
        get
        {
            lock (_lock)
            {
                return Interlocked.Read(ref _waits) + (_staging?.Waits ?? 0);
            }
        }
    }

    /// <inheritdoc/>
    public override void Synchronize()
    {
        if (!_session.IsValueCreated)
        {
            return;
        }

        lock (_lock)
        {
            Interlocked.Increment(ref _waits);
            Try(session => session.Stream.Synchronize());
        }
    }

    /// <inheritdoc/>
    internal override void UploadCore<T>(ReadOnlySpan<T> source, Storage<T> destination, int offset)
    {
        if (source.IsEmpty)
        {
            return;
        }

        ArrayView<T> target = Elements(destination).SubView(offset, source.Length);
        lock (_lock)
        {
            try
            {
                Session session = Ready;
                _staging ??= new StagingRing(session.Accelerator, session.Stream, StagingBytes);
                _staging.Upload(source, target);
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <inheritdoc/>
    internal override void DownloadCore<T>(Storage<T> source, int offset, Span<T> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        ArrayView<T> origin = Elements(source).SubView(offset, destination.Length);
        lock (_lock)
        {
            Interlocked.Increment(ref _waits);
            try
            {
                origin.CopyToCPU(Ready.Stream, destination);
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <inheritdoc/>
    internal override PendingRead<T> BeginDownloadCore<T>(Storage<T> source, int offset, int count)
    {
        if (count == 0)
        {
            return new PendingRead<T>([]);
        }

        ArrayView<T> origin = Elements(source).SubView(offset, count);
        lock (_lock)
        {
            try
            {
                Session session = Ready;
                _reads ??= new ReadBuffers(session.Accelerator, session.Stream);
                return new PendingRead<T>(new HostCopy<T>(this, _reads, _reads.Fetch(origin.Cast<byte>())), count);
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }

    private sealed class HostCopy<T>(GpuDevice device, ReadBuffers buffers, ReadBuffer buffer) : IPendingCopy<T>
        where T : unmanaged
    {
        ~HostCopy() => buffers.Abandon(buffer);

        public bool IsDone
        {
            get
            {
                lock (device._lock)
                {
                    return buffer.Arrival.IsReached;
                }
            }
        }

        public void Finish(Span<T> destination)
        {
            try
            {
                // Not under the lock: other threads go on starting work.
                if (!buffer.Arrival.IsReached)
                {
                    Interlocked.Increment(ref device._waits);
                    buffer.Arrival.Wait();
                }
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw device.Lost(e);
            }

            MemoryMarshal.Cast<byte, T>(buffer.Bytes.Span)[..destination.Length].CopyTo(destination);
            GC.SuppressFinalize(this);
            lock (device._lock)
            {
                buffers.Return(buffer);
            }
        }
    }
}
