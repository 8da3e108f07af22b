using System.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>Matrix product on a GPU: a group of threads makes a tile of the result; see <see cref="TileProduct{T, TTile}"/>.</summary>
/// <remarks>
/// The grid's columns are tiles, its rows chunks of the sum, its layers batches. Chunks are joined by the last group of a tile that arrives, or by <see cref="GemmJoinKernel{T, TEpilogue}"/>:
/// see <see cref="GemmTiling{T}"/>. In columns of the grid beyond the tiles, groups add up rows of the left factor for the epilogue.
/// </remarks>
internal readonly struct GemmKernel<T, TTile, TLeft, TRight, TEpilogue> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, GemmPlan, TEpilogue>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
    where TLeft : struct, IMajor
    where TRight : struct, IMajor
    where TEpilogue : struct, IEpilogue<T>
{
    /// <inheritdoc/>
    public static KernelSpecialization Bounds => new(TTile.Rows * TTile.Columns, TTile.GroupsPerMultiprocessor);

    public static void Run(ArrayView<T> left, ArrayView<T> right, ArrayView<T> y, ArrayView<T> chunks, GemmPlan plan, TEpilogue epilogue)
    {
        if (TEpilogue.TakesSums)
        {
            RowSums<T, TLeft>.Run(left, plan, epilogue);
        }

        int height = TileProduct<T, TTile>.Height, width = TileProduct<T, TTile>.Width, threads = TTile.Rows * TTile.Columns, thread = Group.IdxX;
        uint tileRow = plan.TilesPerRow.Divide((uint)Grid.IdxX);
        int row = (int)tileRow * height, column = (int)((uint)Grid.IdxX - tileRow * plan.TilesPerRow.Value) * width;
        int begin = Grid.IdxY * plan.Chunk, end = plan.End(begin);
        int batch = plan.FirstBatch + Grid.IdxZ;
        Positions start = plan.Batches.At((uint)batch);
        bool leftIsAligned = plan.LeftIsAligned != 0, rightIsAligned = plan.RightIsAligned != 0;

        TileSum<T> sums = TileProduct<T, TTile>.Multiply(
            left, right,
            new TileLoader<T, TLeft>(thread, height, TileSlice.Stride(height), start.X, plan.LeftLeading, row, plan.Rows, begin, end, leftIsAligned),
            new TileLoader<T, TLeft>(thread + threads, height, TileSlice.Stride(height), start.X, plan.LeftLeading, row, plan.Rows, begin, end, leftIsAligned),
            new TileLoader<T, TRight>(thread, width, TileSlice.Stride(width), start.Y, plan.RightLeading, column, plan.Columns, begin, end, rightIsAligned),
            new TileLoader<T, TRight>(thread + threads, width, TileSlice.Stride(width), start.Y, plan.RightLeading, column, plan.Columns, begin, end, rightIsAligned),
            end - begin);

        int first = batch * plan.Rows * plan.Columns;
        if (plan.IsJoinedByLast == 0)
        {
            int offset = plan.Start + Grid.IdxY * plan.ChunkStep;
            TileProduct<T, TTile>.Store(sums, y.SubView(offset, y.IntLength - offset), row, column, plan.Rows, plan.Columns, first, start.Z, epilogue);
        }
        else
        {
            int offset = Grid.IdxY * plan.ChunkStep;
            TileProduct<T, TTile>.Store(
                sums, chunks.SubView(offset, chunks.IntLength - offset), row, column, plan.Rows, plan.Columns, first, 0, default(StoreProduct<T>));
            if (Arrivals.IsLast(plan.Counters, Arrivals.OfParts + Grid.IdxZ * Grid.DimX + Grid.IdxX, plan.Chunks))
            {
                TileJoin.Run(chunks, y.SubView(plan.Start, y.IntLength - plan.Start), plan, row, column, height, width, first, start.Z, epilogue);
            }
        }

        if (TEpilogue.Finishes && Arrivals.IsLast(plan.Counters, Arrivals.OfGrid, Grid.DimZ * Grid.DimY * Grid.DimX))
        {
            epilogue.Finish();
        }
    }
}
