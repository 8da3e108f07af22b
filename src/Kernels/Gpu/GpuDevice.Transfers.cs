using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <summary>The bytes of a staging buffer; tests make it small.</summary>
    internal int StagingBytes { get; set; } = 4 << 20;

    private readonly Dictionary<long, Stack<PageLockedArray1D<byte>>> _readBuffers = [];
    private StagingRing? _staging;
    private long _waits;

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
                if (HasMarks)
                {
                    _staging ??= new StagingRing(session.Accelerator, session.Stream, StagingBytes);
                    _staging.Upload(source, target);
                }
                else
                {
                    Interlocked.Increment(ref _waits);
                    target.CopyFromCPU(session.Stream, source);
                }
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
        if (!HasMarks)
        {
            // A copy on the device is made in the order of the work; the host fetches it when it wants it.
            Storage<T> copy = new(this, count);
            CopyContiguous(origin, Elements(copy).SubView(0, count));
            return new PendingRead<T>(new DeviceCopy<T>(copy), count);
        }
        lock (_lock)
        {
            try
            {
                Session session = Ready;
                long bucket = MemoryPool.Bucket(origin.LengthInBytes);
                PageLockedArray1D<byte> buffer = _readBuffers.TryGetValue(bucket, out Stack<PageLockedArray1D<byte>>? free) && free.TryPop(out PageLockedArray1D<byte>? cached)
                    ? cached : session.Accelerator.AllocatePageLocked1D<byte>(bucket, uninitialized: true);
                origin.Cast<byte>().CopyTo(session.Stream, buffer.ArrayView.SubView(0, origin.LengthInBytes));
                return new PendingRead<T>(new HostCopy<T>(this, buffer, StreamMark.Set(session.Accelerator, session.Stream)), count);
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }

    /// <summary>Whether the host can wait for a place in the stream; where it cannot (ILGPU's OpenCL), copies from the host are waited for.</summary>
    /// <remarks>
    /// ILGPU 1.5.3 enqueues OpenCL's copies without blocking, but keeps events and barriers to itself (its profiling markers wait at once), so that nobody can ask when a part of the
    /// ring is free again; and its copy from page-locked memory takes the length of the whole source buffer in place of the view's (CLMemoryBuffer.CLCopy), which the ring's parts exceed.
    /// </remarks>
    private bool HasMarks => Kind != DeviceKind.OpenCL;

    private sealed class DeviceCopy<T>(Storage<T> copy) : IPendingCopy<T>
        where T : unmanaged
    {
        public bool IsDone => false;

        public void Finish(Span<T> destination)
        {
            copy.Device.Download(copy, 0, destination);
            copy.Dispose();
        }
    }

    private sealed class HostCopy<T>(GpuDevice device, PageLockedArray1D<byte> buffer, StreamMark mark) : IPendingCopy<T>
        where T : unmanaged
    {
        public bool IsDone
        {
            get
            {
                lock (device._lock)
                {
                    return mark.IsReached;
                }
            }
        }

        public void Finish(Span<T> destination)
        {
            try
            {
                // Not under the lock: other threads go on starting work.
                if (!mark.IsReached)
                {
                    Interlocked.Increment(ref device._waits);
                    mark.Wait();
                }
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw device.Lost(e);
            }
            MemoryMarshal.Cast<byte, T>(buffer.Span)[..destination.Length].CopyTo(destination);
            lock (device._lock)
            {
                mark.Dispose();
                if (!device._readBuffers.TryGetValue(buffer.Length, out Stack<PageLockedArray1D<byte>>? free))
                {
                    device._readBuffers[buffer.Length] = free = new Stack<PageLockedArray1D<byte>>();
                }

                free.Push(buffer);
            }
        }
    }
}
