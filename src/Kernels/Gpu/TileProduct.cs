using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The heart of the products that a GPU makes by tiles: a group of threads multiplies slices of the factors that it copies to shared memory, each thread its sums in registers.</summary>
/// <remarks>
/// While a slice is multiplied the next one is on its way from memory into registers; two slices in shared memory take turns, so that one barrier per slice is enough.
/// A thread's rows are fours half a tile apart, and so are its columns: neighbouring threads then read neighbouring words of shared memory.
/// </remarks>
internal static class TileProduct<T, TTile>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    /// <summary>The rows of the tile.</summary>
    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TTile.Rows * TTile.RowsPerThread;
    }

    /// <summary>The columns of the tile.</summary>
    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TTile.Columns * 8;
    }

    /// <summary>The sums of this thread.</summary>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="leftLoader">Loads four elements of a slice of the left factor.</param>
    /// <param name="leftSecond">Loads four more, where a slice has more than four per thread.</param>
    /// <param name="rightLoader">The same for the right factor.</param>
    /// <param name="rightSecond">The same for the right factor.</param>
    /// <param name="summands">The summands of the chunk.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TileSum<T> Multiply<TLeft, TRight>(
        ArrayView<T> left, ArrayView<T> right, TLeft leftLoader, TLeft leftSecond, TRight rightLoader, TRight rightSecond, int summands)
        where TLeft : struct, ITileLoader<T>
        where TRight : struct, ITileLoader<T>
    {
        const int Depth = TileSlice.Depth;
        ArrayView<Four<T>> leftSlices = SharedMemory.Allocate<Four<T>>(2 * Depth * (TTile.Rows * TTile.RowsPerThread / 4 + 1));
        ArrayView<Four<T>> rightSlices = SharedMemory.Allocate<Four<T>>(2 * Depth * (TTile.Columns * 2 + 1));
        int threads = TTile.Rows * TTile.Columns, leftStride = TTile.Rows * TTile.RowsPerThread / 4 + 1, rightStride = TTile.Columns * 2 + 1;
        int thread = Group.IdxX, threadRow = (int)((uint)thread / (uint)TTile.Columns), threadColumn = (int)((uint)thread % (uint)TTile.Columns);
        bool leftNeedsTwo = Height * Depth / 4 > threads, rightNeedsTwo = Width * Depth / 4 > threads;

        leftLoader.Write(leftSlices, 0, leftLoader.Read(left));
        if (leftNeedsTwo)
        {
            leftSecond.Write(leftSlices, 0, leftSecond.Read(left));
        }

        rightLoader.Write(rightSlices, 0, rightLoader.Read(right));
        if (rightNeedsTwo)
        {
            rightSecond.Write(rightSlices, 0, rightSecond.Read(right));
        }

        Group.Barrier();

        var sums = new TileSum<T>();
        int turn = 0;
        for (int done = 0; done < summands; done += Depth)
        {
            Four<T> nextLeft = leftLoader.Read(left), nextLeftSecond = new(), nextRightSecond = new();
            if (leftNeedsTwo)
            {
                nextLeftSecond = leftSecond.Read(left);
            }

            Four<T> nextRight = rightLoader.Read(right);
            if (rightNeedsTwo)
            {
                nextRightSecond = rightSecond.Read(right);
            }

            int leftAt = turn * Depth * leftStride + threadRow, rightAt = turn * Depth * rightStride + threadColumn;
            for (int k = 0; k < Depth; k += 2)
            {
                // Constant indices into a sub-view: the compiler folds them into the address.
                ArrayView<Four<T>> a = leftSlices.SubView(leftAt, leftStride + (TTile.RowsPerThread > 4 ? TTile.Rows : 0) + 1);
                ArrayView<Four<T>> b = rightSlices.SubView(rightAt, rightStride + TTile.Columns + 1);
                Four<T> low = b[0], high = b[TTile.Columns];
                sums.AddUpper(a[0], low, high);
                if (TTile.RowsPerThread > 4)
                {
                    sums.AddLower(a[TTile.Rows], low, high);
                }

                low = b[rightStride];
                high = b[rightStride + TTile.Columns];
                sums.AddUpper(a[leftStride], low, high);
                if (TTile.RowsPerThread > 4)
                {
                    sums.AddLower(a[leftStride + TTile.Rows], low, high);
                }

                leftAt += 2 * leftStride;
                rightAt += 2 * rightStride;
            }

            turn ^= 1;
            leftLoader.Write(leftSlices, turn * Depth * leftStride * 4, nextLeft);
            if (leftNeedsTwo)
            {
                leftSecond.Write(leftSlices, turn * Depth * leftStride * 4, nextLeftSecond);
            }

            rightLoader.Write(rightSlices, turn * Depth * rightStride * 4, nextRight);
            if (rightNeedsTwo)
            {
                rightSecond.Write(rightSlices, turn * Depth * rightStride * 4, nextRightSecond);
            }

            Group.Barrier();
        }
        return sums;
    }

    /// <summary>Gives this thread's results to the epilogue.</summary>
    /// <param name="sums">The results.</param>
    /// <param name="target">Row 0, column 0 of the first batch.</param>
    /// <param name="row">The row at which the tile begins.</param>
    /// <param name="column">The column at which it begins.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="number">The number of the first element of the batch.</param>
    /// <param name="other">Where the batch begins in the other operand of the epilogue.</param>
    /// <param name="epilogue">What is made of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TEpilogue>(
        TileSum<T> sums, ArrayView<T> target, int row, int column, int rows, int columns, int number, int other, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<T>
    {
        int thread = Group.IdxX, threadRow = (int)((uint)thread / (uint)TTile.Columns), threadColumn = (int)((uint)thread % (uint)TTile.Columns);
        row += threadRow * 4;
        column += threadColumn * 4;
        StoreRow(target, row, column, rows, columns, number, other, sums.Low0, sums.High0, epilogue);
        StoreRow(target, row + 1, column, rows, columns, number, other, sums.Low1, sums.High1, epilogue);
        StoreRow(target, row + 2, column, rows, columns, number, other, sums.Low2, sums.High2, epilogue);
        StoreRow(target, row + 3, column, rows, columns, number, other, sums.Low3, sums.High3, epilogue);
        if (TTile.RowsPerThread > 4)
        {
            row += TTile.Rows * 4;
            StoreRow(target, row, column, rows, columns, number, other, sums.Low4, sums.High4, epilogue);
            StoreRow(target, row + 1, column, rows, columns, number, other, sums.Low5, sums.High5, epilogue);
            StoreRow(target, row + 2, column, rows, columns, number, other, sums.Low6, sums.High6, epilogue);
            StoreRow(target, row + 3, column, rows, columns, number, other, sums.Low7, sums.High7, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TEpilogue>(
        ArrayView<T> y, int row, int column, int rows, int columns, int number, int other, Four<T> low, Four<T> high, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<T>
    {
        if (row >= rows)
        {
            return;
        }

        StoreFour(y, row, column, columns, number + row * columns, other, low, epilogue);
        StoreFour(y, row, column + TTile.Columns * 4, columns, number + row * columns, other, high, epilogue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour<TEpilogue>(ArrayView<T> y, int row, int column, int columns, int line, int other, Four<T> v, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<T>
    {
        if (column < columns)
        {
            epilogue.Store(y, line + column, row, column, other, v.X);
        }

        if (column + 1 < columns)
        {
            epilogue.Store(y, line + column + 1, row, column + 1, other, v.Y);
        }

        if (column + 2 < columns)
        {
            epilogue.Store(y, line + column + 2, row, column + 2, other, v.Z);
        }

        if (column + 3 < columns)
        {
            epilogue.Store(y, line + column + 3, row, column + 3, other, v.W);
        }
    }
}
