using System.Runtime.InteropServices;

namespace Autodiff.Kernels;

/// <summary>Native memory of the process: outside the garbage collector's heap, aligned for SIMD and for the GPU's copies.</summary>
internal sealed unsafe class HostBlock(long bytes) : Block(bytes)
{
    /// <summary>The first byte.</summary>
    public void* Address { get; } = NativeMemory.AlignedAlloc((nuint)bytes, 256);

    /// <inheritdoc/>
    public override void Free() => NativeMemory.AlignedFree(Address);
}
