using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Autodiff.Kernels;

/// <summary>
/// Twelve rows: with two registers each, 24 sums, 2 of B and 1 of A fit the 32 registers of AVX-512. See <see cref="IMicroKernel{T}"/>
/// for the arguments.
/// </summary>
internal static unsafe class Tile12<T, TVector, TSimd>
    where T : unmanaged
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    // Of sums so long C is asked for before: its rows are far apart and would be waited for one by one. What is smaller is in the caches.
    private const int LongSum = 300;

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
        TVector c60 = default, c61 = default;
        TVector c70 = default, c71 = default;
        TVector c80 = default, c81 = default;
        TVector c90 = default, c91 = default;
        TVector cA0 = default, cA1 = default;
        TVector cB0 = default, cB1 = default;
        if (Sse.IsSupported && k >= LongSum)
        {
            for (T* line = c, end = c + 12 * cRow; line != end; line += cRow)
            {
                Sse.Prefetch0(line);
                Sse.Prefetch0(line + TSimd.Width);
            }
        }
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        T* a0 = a, a4 = a + 4 * aRow, a8 = a + 8 * aRow;
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
            x = TSimd.Broadcast(a0 + aRow3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            x = TSimd.Broadcast(a4);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            c41 = TSimd.MultiplyAdd(x, b1, c41);
            x = TSimd.Broadcast(a4 + aRow);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            c51 = TSimd.MultiplyAdd(x, b1, c51);
            x = TSimd.Broadcast(a4 + aRow2);
            c60 = TSimd.MultiplyAdd(x, b0, c60);
            c61 = TSimd.MultiplyAdd(x, b1, c61);
            x = TSimd.Broadcast(a4 + aRow3);
            c70 = TSimd.MultiplyAdd(x, b0, c70);
            c71 = TSimd.MultiplyAdd(x, b1, c71);
            x = TSimd.Broadcast(a8);
            c80 = TSimd.MultiplyAdd(x, b0, c80);
            c81 = TSimd.MultiplyAdd(x, b1, c81);
            x = TSimd.Broadcast(a8 + aRow);
            c90 = TSimd.MultiplyAdd(x, b0, c90);
            c91 = TSimd.MultiplyAdd(x, b1, c91);
            x = TSimd.Broadcast(a8 + aRow2);
            cA0 = TSimd.MultiplyAdd(x, b0, cA0);
            cA1 = TSimd.MultiplyAdd(x, b1, cA1);
            x = TSimd.Broadcast(a8 + aRow3);
            cB0 = TSimd.MultiplyAdd(x, b0, cB0);
            cB1 = TSimd.MultiplyAdd(x, b1, cB1);
            a0 += aStep;
            a4 += aStep;
            a8 += aStep;
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
        Write(c + 6 * cRow, c60, accumulate);
        Write(c + 6 * cRow + TSimd.Width, c61, accumulate);
        Write(c + 7 * cRow, c70, accumulate);
        Write(c + 7 * cRow + TSimd.Width, c71, accumulate);
        Write(c + 8 * cRow, c80, accumulate);
        Write(c + 8 * cRow + TSimd.Width, c81, accumulate);
        Write(c + 9 * cRow, c90, accumulate);
        Write(c + 9 * cRow + TSimd.Width, c91, accumulate);
        Write(c + 10 * cRow, cA0, accumulate);
        Write(c + 10 * cRow + TSimd.Width, cA1, accumulate);
        Write(c + 11 * cRow, cB0, accumulate);
        Write(c + 11 * cRow + TSimd.Width, cB1, accumulate);
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
        TVector c60 = default;
        TVector c70 = default;
        TVector c80 = default;
        TVector c90 = default;
        TVector cA0 = default;
        TVector cB0 = default;
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        T* a0 = a, a4 = a + 4 * aRow, a8 = a + 8 * aRow;
        for (; k > 0; k--)
        {
            TVector b0 = TSimd.Load(b);
            TVector x = TSimd.Broadcast(a0);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            x = TSimd.Broadcast(a0 + aRow);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            x = TSimd.Broadcast(a0 + aRow2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            x = TSimd.Broadcast(a0 + aRow3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            x = TSimd.Broadcast(a4);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            x = TSimd.Broadcast(a4 + aRow);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            x = TSimd.Broadcast(a4 + aRow2);
            c60 = TSimd.MultiplyAdd(x, b0, c60);
            x = TSimd.Broadcast(a4 + aRow3);
            c70 = TSimd.MultiplyAdd(x, b0, c70);
            x = TSimd.Broadcast(a8);
            c80 = TSimd.MultiplyAdd(x, b0, c80);
            x = TSimd.Broadcast(a8 + aRow);
            c90 = TSimd.MultiplyAdd(x, b0, c90);
            x = TSimd.Broadcast(a8 + aRow2);
            cA0 = TSimd.MultiplyAdd(x, b0, cA0);
            x = TSimd.Broadcast(a8 + aRow3);
            cB0 = TSimd.MultiplyAdd(x, b0, cB0);
            a0 += aStep;
            a4 += aStep;
            a8 += aStep;
            b += bStep;
        }
        Write(c, c00, accumulate);
        Write(c + cRow, c10, accumulate);
        Write(c + 2 * cRow, c20, accumulate);
        Write(c + 3 * cRow, c30, accumulate);
        Write(c + 4 * cRow, c40, accumulate);
        Write(c + 5 * cRow, c50, accumulate);
        Write(c + 6 * cRow, c60, accumulate);
        Write(c + 7 * cRow, c70, accumulate);
        Write(c + 8 * cRow, c80, accumulate);
        Write(c + 9 * cRow, c90, accumulate);
        Write(c + 10 * cRow, cA0, accumulate);
        Write(c + 11 * cRow, cB0, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* c, TVector value, bool accumulate) =>
        TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(c), value) : value, c);
}
