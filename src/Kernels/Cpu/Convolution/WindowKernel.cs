using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Tiles of six rows, for every kind of registers: twelve sums, and six pointers, which is what fits even where registers are wider or more.
/// The last columns run in the narrowest registers that hold them.
/// </summary>
internal readonly unsafe struct WindowKernel<T, TVector, TSimd> : IWindowKernel<T>
    where T : unmanaged
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    public static void RunThrough(int rows, int columns, int k, T* a, T* b, int* places, T* c, nint cRow)
    {
        if (columns == 2 * TSimd.Width)
        {
            if (rows <= 4)
            {
                ThroughTile<T, TVector, TSimd>.Run4x2(k, a, b, places, c, cRow);
            }
            else
            {
                ThroughTile<T, TVector, TSimd>.Run6x2(k, a, b, places, c, cRow);
            }
        }
        else if (columns == TSimd.Width)
        {
            RunThrough1<TVector, TSimd>(rows, k, a, b, places, c, cRow);
        }
        else
        {
            RunThrough1<Vector256<T>, Simd256<T>>(rows, k, a, b, places, c, cRow);
        }
    }

    public static void RunAlong(int columns, int count, T* a, int* places, int* steps, T* b, T* c, nint cRow, bool accumulate)
    {
        if (columns == 2 * TSimd.Width)
        {
            AlongTile<T, TVector, TSimd>.Run2(count, a, places, steps, b, c, cRow, accumulate);
        }
        else if (columns == TSimd.Width)
        {
            AlongTile<T, TVector, TSimd>.Run1(count, a, places, steps, b, c, cRow, accumulate);
        }
        else
        {
            AlongTile<T, Vector256<T>, Simd256<T>>.Run1(count, a, places, steps, b, c, cRow, accumulate);
        }
    }

    private static void RunThrough1<TNarrow, TNarrowSimd>(int rows, int k, T* a, T* b, int* places, T* c, nint cRow)
        where TNarrow : struct
        where TNarrowSimd : struct, ISimd<T, TNarrow>
    {
        if (rows <= 4)
        {
            ThroughTile<T, TNarrow, TNarrowSimd>.Run4x1(k, a, b, places, c, cRow);
        }
        else
        {
            ThroughTile<T, TNarrow, TNarrowSimd>.Run6x1(k, a, b, places, c, cRow);
        }
    }
}
