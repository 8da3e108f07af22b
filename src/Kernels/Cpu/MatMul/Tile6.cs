using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Six rows: with two registers each, 12 sums, 2 of B and 1 of A fit the 16 registers of AVX2 and of 128-bit machines. See <see
/// cref="IMicroKernel{T}"/> for the arguments.
/// </summary>
internal static unsafe class Tile6<T, TVector, TSimd>
    where T : unmanaged
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    /// <summary>A tile two registers wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run2(nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate)
    {
        TVector c00 = default, c01 = default;
        TVector c10 = default, c11 = default;
        TVector c20 = default, c21 = default;
        TVector c30 = default, c31 = default;
        TVector c40 = default, c41 = default;
        TVector c50 = default, c51 = default;
        nint aRow2 = 2 * aRow;
        T* a0 = a, a3 = a + 3 * aRow;
        for (; k > 0; k--)
        {
            TVector b0 = TSimd.Load(b), b1 = TSimd.Load(b + TSimd.Width);
            TVector x = TSimd.Broadcast(a0);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Broadcast(a0 + aRow);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Broadcast(a0 + aRow2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Broadcast(a3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            x = TSimd.Broadcast(a3 + aRow);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            c41 = TSimd.MultiplyAdd(x, b1, c41);
            x = TSimd.Broadcast(a3 + aRow2);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            c51 = TSimd.MultiplyAdd(x, b1, c51);
            a0 += aStep;
            a3 += aStep;
            b += bStep;
        }
        Write(c, c00, accumulate);
        Write(c + TSimd.Width, c01, accumulate);
        Write(c + cRow, c10, accumulate);
        Write(c + cRow + TSimd.Width, c11, accumulate);
        Write(c + 2 * cRow, c20, accumulate);
        Write(c + 2 * cRow + TSimd.Width, c21, accumulate);
        Write(c + 3 * cRow, c30, accumulate);
        Write(c + 3 * cRow + TSimd.Width, c31, accumulate);
        Write(c + 4 * cRow, c40, accumulate);
        Write(c + 4 * cRow + TSimd.Width, c41, accumulate);
        Write(c + 5 * cRow, c50, accumulate);
        Write(c + 5 * cRow + TSimd.Width, c51, accumulate);
    }

    /// <summary>A tile one register wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run1(nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate)
    {
        TVector c00 = default;
        TVector c10 = default;
        TVector c20 = default;
        TVector c30 = default;
        TVector c40 = default;
        TVector c50 = default;
        nint aRow2 = 2 * aRow;
        T* a0 = a, a3 = a + 3 * aRow;
        for (; k > 0; k--)
        {
            TVector b0 = TSimd.Load(b);
            TVector x = TSimd.Broadcast(a0);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            x = TSimd.Broadcast(a0 + aRow);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            x = TSimd.Broadcast(a0 + aRow2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            x = TSimd.Broadcast(a3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            x = TSimd.Broadcast(a3 + aRow);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            x = TSimd.Broadcast(a3 + aRow2);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            a0 += aStep;
            a3 += aStep;
            b += bStep;
        }
        Write(c, c00, accumulate);
        Write(c + cRow, c10, accumulate);
        Write(c + 2 * cRow, c20, accumulate);
        Write(c + 3 * cRow, c30, accumulate);
        Write(c + 4 * cRow, c40, accumulate);
        Write(c + 5 * cRow, c50, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* c, TVector value, bool accumulate) =>
        TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(c), value) : value, c);
}
