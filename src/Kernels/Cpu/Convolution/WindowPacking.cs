using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Packs what windows see into panels for the matrix product, without the matrix of all windows ever being written.</summary>
internal static unsafe class WindowPacking
{
    /// <summary>destination[k * width + j] = source[offsets[k] + positions[j]].</summary>
    /// <param name="source">The first element of an image.</param>
    /// <param name="positions">Where the windows of the panel begin.</param>
    /// <param name="width">Their number.</param>
    /// <param name="offsets">Where the elements of a window lie.</param>
    /// <param name="count">Their number.</param>
    /// <param name="destination">The panel.</param>
    [SkipLocalsInit]
    public static void Panel<T>(T* source, int* positions, int width, int* offsets, int count, T* destination)
        where T : unmanaged, INumber<T>
    {
        // Windows of one row of outputs lie side by side; a panel often spans the end of a row and the beginning of the next.
        int turn = 1, lanes = Vector256<T>.Count;
        while (turn < width && positions[turn] == positions[turn - 1] + 1)
        {
            turn++;
        }

        int second = turn;
        while (second + 1 < width && positions[second + 1] == positions[second] + 1)
        {
            second++;
        }

        if (width % lanes != 0 || (turn < width && second < width - 1))
        {
            Scattered(source, positions, width, offsets, count, destination);
            return;
        }
        if (turn >= width)
        {
            Adjacent(source + positions[0], width, offsets, count, destination);
        }
        else
        {
            Broken(source + positions[0], width, turn, positions[turn] - positions[0] - turn, offsets, count, destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adjacent<T>(T* source, int width, int* offsets, int count, T* destination)
        where T : unmanaged
    {
        int lanes = Vector256<T>.Count;
        for (int k = 0; k < count; k++, destination += width)
        {
            T* from = source + offsets[k];
            for (int j = 0; j < width; j += lanes)
            {
                Vector256.Load(from + j).Store(destination + j);
            }
        }
    }

    /// <summary>Two runs: the first <paramref name="turn"/> elements, and behind a jump the others.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Broken<T>(T* source, int width, int turn, nint jump, int* offsets, int count, T* destination)
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector256<T>.Count, block = turn / lanes * lanes;
        Vector256<T> before = Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(turn - block)));
        for (int k = 0; k < count; k++, destination += width)
        {
            T* from = source + offsets[k];
            int j = 0;
            for (; j < block; j += lanes)
            {
                Vector256.Load(from + j).Store(destination + j);
            }

            Vector256.ConditionalSelect(before, Vector256.Load(from + j), Vector256.Load(from + jump + j)).Store(destination + j);
            for (j += lanes; j < width; j += lanes)
            {
                Vector256.Load(from + jump + j).Store(destination + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scattered<T>(T* source, int* positions, int width, int* offsets, int count, T* destination)
        where T : unmanaged
    {
        for (int k = 0; k < count; k++, destination += width)
        {
            T* from = source + offsets[k];
            for (int j = 0; j < width; j++)
            {
                destination[j] = from[positions[j]];
            }
        }
    }
}
