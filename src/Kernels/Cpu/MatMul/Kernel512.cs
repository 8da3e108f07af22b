using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Tiles of 12 rows for AVX-512; the last columns run in 512- or 256-bit registers, whichever wastes less.</summary>
internal readonly unsafe struct Kernel512<T> : IMicroKernel<T>
    where T : unmanaged
{
    public static int Rows => 12;

    public static int Columns => 2 * Vector512<T>.Count;

    public static int EdgeColumns(int columns) =>
        columns <= Vector256<T>.Count ? Vector256<T>.Count : columns <= Vector512<T>.Count ? Vector512<T>.Count : Columns;

    public static void Run(nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate) =>
        Tile12<T, Vector512<T>, Simd512<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);

    public static void RunEdge(int rows, int columns, nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate)
    {
        if (columns == Vector256<T>.Count)
        {
            RunEdge1<Vector256<T>, Simd256<T>>(rows, k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else if (columns == Vector512<T>.Count)
        {
            RunEdge1<Vector512<T>, Simd512<T>>(rows, k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else if (rows <= 4)
        {
            Tile4<T, Vector512<T>, Simd512<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else if (rows <= 8)
        {
            Tile8<T, Vector512<T>, Simd512<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else
        {
            Tile12<T, Vector512<T>, Simd512<T>>.Run2(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
    }

    private static void RunEdge1<TVector, TSimd>(
        int rows, nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate)
        where TVector : struct
        where TSimd : struct, ISimd<T, TVector>
    {
        if (rows <= 4)
        {
            Tile4<T, TVector, TSimd>.Run1(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else if (rows <= 8)
        {
            Tile8<T, TVector, TSimd>.Run1(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
        else
        {
            Tile12<T, TVector, TSimd>.Run1(k, a, aRow, aStep, b, bStep, c, cRow, accumulate);
        }
    }
}
