using System.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>A convolution on a GPU: the product of a matrix and what windows see, [rows, elements] by [elements, windows], or summed over the windows, by tiles.</summary>
/// <remarks>The grid's columns are tiles, its rows chunks of the sum; see <see cref="GemmKernel{T, TTile, TLeft, TRight, TEpilogue}"/>, which this is but for the loader of the right factor.</remarks>
internal readonly struct ConvolutionKernel<T, TTile, TMajor, TEpilogue> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ConvolutionPlan, TEpilogue>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
    where TMajor : struct, IMajor
    where TEpilogue : struct, IEpilogue<T>
{
    /// <inheritdoc/>
    public static KernelSpecialization Bounds => new(TTile.Rows * TTile.Columns, 1);

    public static void Run(ArrayView<T> left, ArrayView<T> images, ArrayView<T> y, ConvolutionPlan plan, TEpilogue epilogue)
    {
        int height = TileProduct<T, TTile>.Height, width = TileProduct<T, TTile>.Width, threads = TTile.Rows * TTile.Columns, thread = Group.IdxX;
        uint tileRow = plan.TilesPerRow.Divide((uint)Grid.IdxX);
        int row = (int)tileRow * height, column = (int)((uint)Grid.IdxX - tileRow * plan.TilesPerRow.Value) * width;
        int begin = Grid.IdxY * plan.Chunk, end = IntrinsicMath.Min(plan.Depth, begin + plan.Chunk), stride = TileSlice.Stride(height);

        TileSum<T> sums = TileProduct<T, TTile>.Multiply(
            left, images,
            new TileLoader<T, SummedMajor>(thread, height, stride, plan.LeftStart, plan.LeftLeading, row, plan.Rows, begin, end, plan.LeftIsAligned != 0),
            new TileLoader<T, SummedMajor>(thread + threads, height, stride, plan.LeftStart, plan.LeftLeading, row, plan.Rows, begin, end, plan.LeftIsAligned != 0),
            new WindowLoader<T, TMajor>(thread, width, plan.Windows, column, begin, end),
            new WindowLoader<T, TMajor>(thread + threads, width, plan.Windows, column, begin, end),
            end - begin);

        int offset = plan.Start + Grid.IdxY * plan.ChunkStep;
        TileProduct<T, TTile>.Store(sums, y.SubView(offset, y.IntLength - offset), row, column, plan.Rows, plan.Columns, 0, 0, epilogue);
    }
}
