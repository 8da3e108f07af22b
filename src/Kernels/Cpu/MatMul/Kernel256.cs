using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Tiles of 6 rows for AVX2.</summary>
internal readonly unsafe struct Kernel256<T> : IMicroKernel<T>
    where T : unmanaged
{
    public static int Rows => 6;

    public static int Columns => 2 * Vector256<T>.Count;

    public static int EdgeColumns(int columns) => columns <= Vector256<T>.Count ? Vector256<T>.Count : Columns;

    public static void Run(nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate) =>
        Tile6<T, Vector256<T>, Simd256<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);

    public static void RunEdge(int rows, int columns, nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate)
    {
        if (columns == Columns)
        {
            if (rows <= 4)
            {
                Tile4<T, Vector256<T>, Simd256<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            }
            else
            {
                Tile6<T, Vector256<T>, Simd256<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
            }
        }
        else if (rows <= 4)
        {
            Tile4<T, Vector256<T>, Simd256<T>>.Run1(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else
        {
            Tile6<T, Vector256<T>, Simd256<T>>.Run1(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
    }
}
