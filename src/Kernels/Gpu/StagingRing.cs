using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>Uploads that the host does not wait for: data are copied to page-locked memory, from where the device fetches them in the order of its stream.</summary>
/// <remarks>The host waits only where all buffers are still being fetched from. Not thread-safe: the device's lock protects it.</remarks>
internal sealed class StagingRing(Accelerator accelerator, AcceleratorStream stream, int bufferBytes)
{
    private const int Buffers = 4;

    // What is copied next begins at a multiple of this.
    private const int Alignment = 256;

    private readonly PageLockedArray1D<byte>?[] _buffers = new PageLockedArray1D<byte>?[Buffers];
    private readonly StreamMark?[] _marks = new StreamMark?[Buffers];
    private int _current, _used;

    /// <summary>How often the host had to wait.</summary>
    public long Waits { get; private set; }

    /// <summary>Starts a copy; <paramref name="source"/> may be changed as soon as this returns.</summary>
    public void Upload<T>(ReadOnlySpan<T> source, ArrayView<T> target)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(source);
        ArrayView<byte> place = target.Cast<byte>();
        for (int done = 0; done < bytes.Length;)
        {
            if (_used == bufferBytes)
            {
                Next();
            }

            PageLockedArray1D<byte> buffer = _buffers[_current] ??= accelerator.AllocatePageLocked1D<byte>(bufferBytes, uninitialized: true);
            int count = Math.Min(bytes.Length - done, bufferBytes - _used);
            bytes.Slice(done, count).CopyTo(buffer.Span[_used..]);
            HostCopies.Send(stream, buffer, _used, place.SubView(done, count));
            done += count;
            _used = Math.Min(bufferBytes, (_used + count + Alignment - 1) & -Alignment);
        }
    }

    private void Next()
    {
        if (_marks[_current] is { } known)
        {
            known.Renew();
        }
        else
        {
            _marks[_current] = StreamMark.Set(stream);
        }

        _current = (_current + 1) % Buffers;
        _used = 0;
        if (_marks[_current] is { IsReached: false } mark)
        {
            Waits++;
            mark.Wait();
        }
    }
}
