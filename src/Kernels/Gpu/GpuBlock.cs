using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>A piece of a GPU's memory.</summary>
internal sealed class GpuBlock(MemoryBuffer1D<byte, Stride1D.Dense> buffer, long bytes) : Block(bytes)
{
    /// <summary>
    /// The memory as elements, the first at a multiple of 256 bytes: what ILGPU assumes of kernel arguments. Up to three more than asked for, so that the last
    /// <see cref="Four{T}"/> is whole.
    /// </summary>
    public ArrayView<T> Elements<T>(int count)
        where T : unmanaged => buffer.View.AsContiguous().Cast<T>().SubView(0, (count + 3L) & ~3L);

    /// <inheritdoc/>
    public override void Free() => buffer.Dispose();
}
