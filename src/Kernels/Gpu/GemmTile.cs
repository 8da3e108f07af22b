using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>A tile that matrix products of T may be cut into: what the choice knows about it, and how its kernel is started.</summary>
/// <param name="name">Height by width.</param>
/// <param name="efficiency">
/// The share of a multiprocessor's arithmetic that its loop reaches, relative to the best tile: multiply-adds among all instructions of a slice, and
/// how much of the loaded slices each thread can use again.
/// </param>
internal abstract class GemmTile<T>(string name, double efficiency)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The rows of the result that the tile covers.</summary>
    public abstract int Height { get; }

    /// <summary>The columns.</summary>
    public abstract int Width { get; }

    /// <summary>The threads of its group.</summary>
    public abstract int Threads { get; }

    /// <summary>How many groups a multiprocessor holds at a time.</summary>
    public abstract int GroupsPerMultiprocessor { get; }

    /// <summary>Relative to the best tile of the type.</summary>
    public double Efficiency => efficiency;

    /// <summary>Whether the last group of a tile that arrives can join its chunks.</summary>
    public abstract bool CanBeJoinedByLast { get; }

    /// <summary>How many rows of the left factor a group adds up that does not multiply.</summary>
    public int RowsOfSums(GemmFactor left) => left.SummedIsContiguous ? RowSums<T, SummedMajor>.RowsOf(Threads) : RowSums<T, KeptMajor>.RowsOf(Threads);

    /// <summary>Starts the kernel for factors of these forms.</summary>
    public abstract void Launch<TEpilogue>(
        GpuDevice device, Index3D groups, GemmFactor left, GemmFactor right, ArrayView<T> a, ArrayView<T> b, ArrayView<T> y, ArrayView<T> chunks, GemmPlan plan, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<T>;

    /// <summary>Starts the kernel whose right factor is what windows see, or the transpose of that.</summary>
    public virtual void LaunchConvolution<TEpilogue>(
        GpuDevice device, Index3D groups, bool sumsOverWindows, ArrayView<T> a, ArrayView<T> images, ArrayView<T> y, ConvolutionPlan plan, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<T> => throw new NotSupportedException($"{name} has no convolutions.");

    /// <inheritdoc/>
    public override string ToString() => name;
}
