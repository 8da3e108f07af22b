using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>Page-locked memory that a read arrives in, and the mark in the stream of its arrival.</summary>
/// <param name="Bytes">The memory.</param>
/// <param name="Arrival">The mark, moved by each read.</param>
internal sealed record ReadBuffer(PageLockedArray1D<byte> Bytes, StreamMark Arrival);
