using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The innermost loops of the gradient of a convolution's weights: a tile of six elements of the window by some outputs is held in registers
/// while the positions of the windows run on.
/// </summary>
/// <remarks>
/// C[i, j] (+)= Σ A[places[i] + steps[p]] B[p, j], B packed: the image A is read where it lies.
/// </remarks>
internal static unsafe class AlongTile<T, TVector, TSimd>
    where T : unmanaged
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    /// <summary>Two registers wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run2(int count, T* a, int* places, int* steps, T* b, T* c, nint cRow, bool accumulate)
    {
        TVector c00 = default, c01 = default;
        TVector c10 = default, c11 = default;
        TVector c20 = default, c21 = default;
        TVector c30 = default, c31 = default;
        TVector c40 = default, c41 = default;
        TVector c50 = default, c51 = default;
        T* a0 = a + places[0], a1 = a + places[1], a2 = a + places[2], a3 = a + places[3], a4 = a + places[4], a5 = a + places[5];
        for (int step = 0; step < count; step++)
        {
            nint p = steps[step];
            TVector b0 = TSimd.Load(b), b1 = TSimd.Load(b + TSimd.Width);
            TVector x = TSimd.Broadcast(a0 + p);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Broadcast(a1 + p);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Broadcast(a2 + p);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Broadcast(a3 + p);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            x = TSimd.Broadcast(a4 + p);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            c41 = TSimd.MultiplyAdd(x, b1, c41);
            x = TSimd.Broadcast(a5 + p);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            c51 = TSimd.MultiplyAdd(x, b1, c51);
            b += 2 * TSimd.Width;
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

    /// <summary>One register wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run1(int count, T* a, int* places, int* steps, T* b, T* c, nint cRow, bool accumulate)
    {
        TVector c00 = default;
        TVector c10 = default;
        TVector c20 = default;
        TVector c30 = default;
        TVector c40 = default;
        TVector c50 = default;
        T* a0 = a + places[0], a1 = a + places[1], a2 = a + places[2], a3 = a + places[3], a4 = a + places[4], a5 = a + places[5];
        for (int step = 0; step < count; step++)
        {
            nint p = steps[step];
            TVector b0 = TSimd.Load(b);
            TVector x = TSimd.Broadcast(a0 + p);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            x = TSimd.Broadcast(a1 + p);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            x = TSimd.Broadcast(a2 + p);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            x = TSimd.Broadcast(a3 + p);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            x = TSimd.Broadcast(a4 + p);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            x = TSimd.Broadcast(a5 + p);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            b += TSimd.Width;
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
