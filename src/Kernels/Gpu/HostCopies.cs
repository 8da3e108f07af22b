using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Autodiff.Kernels;

/// <summary>Copies between page-locked memory and a device's, made in the order of a stream while the host goes on.</summary>
internal static class HostCopies
{
    /// <summary>Starts to copy a part of a buffer to the device; it must not change until the stream has passed.</summary>
    public static void Send(AcceleratorStream stream, PageLockedArray1D<byte> buffer, int start, ArrayView<byte> target)
    {
        if (stream is CLStream queue)
        {
            (nint memory, nint offset) = Place(target);
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.WriteBuffer(queue, memory, blockingWrite: false, offset, (nint)target.LengthInBytes, Address(buffer) + start));
        }
        else
        {
            buffer.ArrayView.SubView(start, target.Length).CopyTo(stream, target);
        }
    }

    /// <summary>Starts to copy from the device to the beginning of a buffer; it is there once the stream has passed.</summary>
    public static void Fetch(AcceleratorStream stream, ArrayView<byte> source, PageLockedArray1D<byte> buffer)
    {
        if (stream is CLStream queue)
        {
            (nint memory, nint offset) = Place(source);
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.ReadBuffer(queue, memory, blockingRead: false, offset, (nint)source.LengthInBytes, Address(buffer)));
        }
        else
        {
            source.CopyTo(stream, buffer.ArrayView.SubView(0, source.Length));
        }
    }

    // ILGPU 1.5.3 copies the length of the whole page-locked buffer on OpenCL, not that of the view (CLMemoryBuffer.CLCopy), so there its copy is not used.
    private static (nint Memory, nint Offset) Place<TView>(TView view)
        where TView : struct, IContiguousArrayView => (view.Buffer.NativePtr, (nint)view.IndexInBytes);

    private static unsafe nint Address(PageLockedArray1D<byte> buffer)
    {
        // It is native memory, which stays where it is.
        fixed (byte* first = buffer.Span)
        {
            return (nint)first;
        }
    }
}
