using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Four rows, for what six and twelve leave over. See <see cref="IMicroKernel{T}"/> for the arguments.</summary>
internal static unsafe class Tile4<T, TVector, TSimd>
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
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        T* a0 = a;
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
            a0 += aStep;
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
    }

    /// <summary>A tile one register wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run1(nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate)
    {
        TVector c00 = default;
        TVector c10 = default;
        TVector c20 = default;
        TVector c30 = default;
        nint aRow2 = 2 * aRow, aRow3 = 3 * aRow;
        T* a0 = a;
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
            a0 += aStep;
            b += bStep;
        }
        Write(c, c00, accumulate);
        Write(c + cRow, c10, accumulate);
        Write(c + 2 * cRow, c20, accumulate);
        Write(c + 3 * cRow, c30, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* c, TVector value, bool accumulate) =>
        TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(c), value) : value, c);
}
