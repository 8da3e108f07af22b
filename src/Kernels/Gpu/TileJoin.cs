using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>What a group of threads does that finishes a tile of a matrix product.</summary>
internal static class TileJoin
{
    /// <summary>Adds the chunks of a tile's sums, in their order, and gives each result to the epilogue.</summary>
    /// <param name="chunks">[chunks, results]; the first element of the batch's first chunk is at <paramref name="number"/>.</param>
    /// <param name="y">Row 0, column 0 of the first batch.</param>
    /// <param name="plan">The sizes.</param>
    /// <param name="row">The row at which the tile begins.</param>
    /// <param name="column">The column at which it begins.</param>
    /// <param name="height">The rows of the tile.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="number">The number of the first element of the batch.</param>
    /// <param name="other">Where the batch begins in the other operand of the epilogue.</param>
    /// <param name="epilogue">What is made of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TEpilogue>(
        ArrayView<T> chunks, ArrayView<T> y, GemmPlan plan, int row, int column, int height, int width, int number, int other, TEpilogue epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        int down = IntrinsicMath.Min(height, plan.Rows - row), across = IntrinsicMath.Min(width, plan.Columns - column);
        for (int i = Group.IdxX; i < down * across; i += Group.DimX)
        {
            int line = (int)((uint)i / (uint)across), place = i - line * across;
            int at = number + (row + line) * plan.Columns + column + place;
            epilogue.Store(y, at, row + line, column + place, other, ChunkSum.Of(chunks, at, plan.ChunkStep, plan.Chunks));
        }
    }
}
