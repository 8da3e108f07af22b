using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Matrix product on a GPU: a group of threads makes a tile of the result from slices of the factors in shared memory, each thread 8 by 8 sums in registers.</summary>
/// <remarks>
/// While a slice is multiplied the next one is on its way from memory into registers; two slices in shared memory take turns, so that one barrier per slice is enough.
/// A thread's eight rows are two times four, half a tile apart, and so are its columns: neighbouring threads then read neighbouring words of shared memory.
/// The grid's columns are tiles, its rows chunks of the sum (joined by a second launch), its layers batches.
/// </remarks>
internal readonly struct GemmKernel<T, TTile, TLeft, TRight> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, GemmPlan>
    where T : unmanaged, INumber<T>
    where TTile : struct, ITile
    where TLeft : struct, IMajor
    where TRight : struct, IMajor
{
    public static void Run(ArrayView<T> left, ArrayView<T> right, ArrayView<T> y, GemmPlan plan)
    {
        const int Depth = TileLoader<T, TLeft>.Depth;
        ArrayView<Four<T>> leftSlices = SharedMemory.Allocate<Four<T>>(2 * Depth * (TTile.Rows * 2 + 1));
        ArrayView<Four<T>> rightSlices = SharedMemory.Allocate<Four<T>>(2 * Depth * (TTile.Columns * 2 + 1));
        int height = TTile.Rows * 8, width = TTile.Columns * 8, threads = TTile.Rows * TTile.Columns;
        int leftStride = TTile.Rows * 2 + 1, rightStride = TTile.Columns * 2 + 1;
        int thread = Group.IdxX, threadRow = (int)((uint)thread / (uint)TTile.Columns), threadColumn = (int)((uint)thread % (uint)TTile.Columns);
        uint tileRow = plan.TilesPerRow.Divide((uint)Grid.IdxX);
        int row = (int)tileRow * height, column = (int)((uint)Grid.IdxX - tileRow * plan.TilesPerRow.Value) * width;
        int begin = Grid.IdxY * plan.Chunk, end = IntrinsicMath.Min(plan.Depth, begin + plan.Chunk);
        int batch = plan.FirstBatch + Grid.IdxZ;
        Positions start = plan.Batches.At((uint)batch);
        bool leftIsAligned = plan.LeftIsAligned != 0, rightIsAligned = plan.RightIsAligned != 0;

        var leftLoader = new TileLoader<T, TLeft>(thread, height, start.X, plan.LeftLeading, row, begin);
        var leftSecond = new TileLoader<T, TLeft>(thread + threads, height, start.X, plan.LeftLeading, row, begin);
        var rightLoader = new TileLoader<T, TRight>(thread, width, start.Y, plan.RightLeading, column, begin);
        var rightSecond = new TileLoader<T, TRight>(thread + threads, width, start.Y, plan.RightLeading, column, begin);
        bool leftNeedsTwo = height * Depth / 4 > threads, rightNeedsTwo = width * Depth / 4 > threads;

        leftLoader.Write(leftSlices, 0, height, leftLoader.Read(left, plan.Rows, end, leftIsAligned));
        if (leftNeedsTwo)
            leftSecond.Write(leftSlices, 0, height, leftSecond.Read(left, plan.Rows, end, leftIsAligned));
        rightLoader.Write(rightSlices, 0, width, rightLoader.Read(right, plan.Columns, end, rightIsAligned));
        if (rightNeedsTwo)
            rightSecond.Write(rightSlices, 0, width, rightSecond.Read(right, plan.Columns, end, rightIsAligned));
        Group.Barrier();

        var sums = new TileSum<T>();
        int turn = 0;
        for (int done = begin; done < end; done += Depth)
        {
            Four<T> nextLeft = leftLoader.Read(left, plan.Rows, end, leftIsAligned), nextLeftSecond = new(), nextRightSecond = new();
            if (leftNeedsTwo)
                nextLeftSecond = leftSecond.Read(left, plan.Rows, end, leftIsAligned);
            Four<T> nextRight = rightLoader.Read(right, plan.Columns, end, rightIsAligned);
            if (rightNeedsTwo)
                nextRightSecond = rightSecond.Read(right, plan.Columns, end, rightIsAligned);

            int leftAt = turn * Depth * leftStride + threadRow, rightAt = turn * Depth * rightStride + threadColumn;
            for (int k = 0; k < Depth; k += 2)
            {
                // Constant indices into a sub-view: the compiler folds them into the address.
                ArrayView<Four<T>> a = leftSlices.SubView(leftAt, leftStride + TTile.Rows + 1);
                ArrayView<Four<T>> b = rightSlices.SubView(rightAt, rightStride + TTile.Columns + 1);
                sums.AddOuterProduct(a[0], a[TTile.Rows], b[0], b[TTile.Columns]);
                sums.AddOuterProduct(a[leftStride], a[leftStride + TTile.Rows], b[rightStride], b[rightStride + TTile.Columns]);
                leftAt += 2 * leftStride;
                rightAt += 2 * rightStride;
            }

            turn ^= 1;
            leftLoader.Write(leftSlices, turn * Depth * leftStride * 4, height, nextLeft);
            if (leftNeedsTwo)
                leftSecond.Write(leftSlices, turn * Depth * leftStride * 4, height, nextLeftSecond);
            rightLoader.Write(rightSlices, turn * Depth * rightStride * 4, width, nextRight);
            if (rightNeedsTwo)
                rightSecond.Write(rightSlices, turn * Depth * rightStride * 4, width, nextRightSecond);
            Group.Barrier();
        }

        int size = plan.Rows * plan.Columns;
        ArrayView<T> target = y.SubView(plan.Start + Grid.IdxY * plan.ChunkStep + batch * size, size);
        row += threadRow * 4;
        column += threadColumn * 4;
        Store(target, plan, row, column, sums.Low0, sums.High0);
        Store(target, plan, row + 1, column, sums.Low1, sums.High1);
        Store(target, plan, row + 2, column, sums.Low2, sums.High2);
        Store(target, plan, row + 3, column, sums.Low3, sums.High3);
        row += height / 2;
        Store(target, plan, row, column, sums.Low4, sums.High4);
        Store(target, plan, row + 1, column, sums.Low5, sums.High5);
        Store(target, plan, row + 2, column, sums.Low6, sums.High6);
        Store(target, plan, row + 3, column, sums.Low7, sums.High7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ArrayView<T> y, in GemmPlan plan, int row, int column, Four<T> low, Four<T> high)
    {
        if (row >= plan.Rows)
            return;
        Store(y, row * plan.Columns, column, plan.Columns, low);
        Store(y, row * plan.Columns, column + TTile.Columns * 4, plan.Columns, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ArrayView<T> y, int line, int column, int columns, Four<T> v)
    {
        if (column < columns)
            y[line + column] = v.X;
        if (column + 1 < columns)
            y[line + column + 1] = v.Y;
        if (column + 2 < columns)
            y[line + column + 2] = v.Z;
        if (column + 3 < columns)
            y[line + column + 3] = v.W;
    }
}
