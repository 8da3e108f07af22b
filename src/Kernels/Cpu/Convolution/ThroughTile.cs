using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The innermost loops of a convolution with few outputs: a tile of results is held in registers while the windows' elements are read where
/// they lie, since packing them would cost more than it saves.
/// </summary>
/// <remarks>
/// C[i, j] = Σ A[i, p] B[places[p] + j], each summed in order, one fused multiply-add after the other. A is packed in panels of six
/// rows; rows that a tile does not have are not read.
/// </remarks>
internal static unsafe class ThroughTile<T, TVector, TSimd>
    where T : unmanaged
    where TVector : struct
    where TSimd : struct, ISimd<T, TVector>
{
    /// <summary>Six rows, two registers wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run6x2(int k, T* a, T* b, int* places, T* c, nint cRow)
    {
        TVector c00 = default, c01 = default;
        TVector c10 = default, c11 = default;
        TVector c20 = default, c21 = default;
        TVector c30 = default, c31 = default;
        TVector c40 = default, c41 = default;
        TVector c50 = default, c51 = default;
        for (int p = 0; p < k; p++, a += IWindowKernel<T>.Rows)
        {
            T* from = b + places[p];
            TVector b0 = TSimd.Load(from), b1 = TSimd.Load(from + TSimd.Width);
            TVector x = TSimd.Broadcast(a);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Broadcast(a + 1);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Broadcast(a + 2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Broadcast(a + 3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            x = TSimd.Broadcast(a + 4);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            c41 = TSimd.MultiplyAdd(x, b1, c41);
            x = TSimd.Broadcast(a + 5);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
            c51 = TSimd.MultiplyAdd(x, b1, c51);
        }
        TSimd.Store(c00, c);
        TSimd.Store(c01, c + TSimd.Width);
        TSimd.Store(c10, c + cRow);
        TSimd.Store(c11, c + cRow + TSimd.Width);
        TSimd.Store(c20, c + 2 * cRow);
        TSimd.Store(c21, c + 2 * cRow + TSimd.Width);
        TSimd.Store(c30, c + 3 * cRow);
        TSimd.Store(c31, c + 3 * cRow + TSimd.Width);
        TSimd.Store(c40, c + 4 * cRow);
        TSimd.Store(c41, c + 4 * cRow + TSimd.Width);
        TSimd.Store(c50, c + 5 * cRow);
        TSimd.Store(c51, c + 5 * cRow + TSimd.Width);
    }

    /// <summary>Six rows, one register wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run6x1(int k, T* a, T* b, int* places, T* c, nint cRow)
    {
        TVector c00 = default;
        TVector c10 = default;
        TVector c20 = default;
        TVector c30 = default;
        TVector c40 = default;
        TVector c50 = default;
        for (int p = 0; p < k; p++, a += IWindowKernel<T>.Rows)
        {
            T* from = b + places[p];
            TVector b0 = TSimd.Load(from);
            TVector x = TSimd.Broadcast(a);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            x = TSimd.Broadcast(a + 1);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            x = TSimd.Broadcast(a + 2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            x = TSimd.Broadcast(a + 3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            x = TSimd.Broadcast(a + 4);
            c40 = TSimd.MultiplyAdd(x, b0, c40);
            x = TSimd.Broadcast(a + 5);
            c50 = TSimd.MultiplyAdd(x, b0, c50);
        }
        TSimd.Store(c00, c);
        TSimd.Store(c10, c + cRow);
        TSimd.Store(c20, c + 2 * cRow);
        TSimd.Store(c30, c + 3 * cRow);
        TSimd.Store(c40, c + 4 * cRow);
        TSimd.Store(c50, c + 5 * cRow);
    }

    /// <summary>Four rows, two registers wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run4x2(int k, T* a, T* b, int* places, T* c, nint cRow)
    {
        TVector c00 = default, c01 = default;
        TVector c10 = default, c11 = default;
        TVector c20 = default, c21 = default;
        TVector c30 = default, c31 = default;
        for (int p = 0; p < k; p++, a += IWindowKernel<T>.Rows)
        {
            T* from = b + places[p];
            TVector b0 = TSimd.Load(from), b1 = TSimd.Load(from + TSimd.Width);
            TVector x = TSimd.Broadcast(a);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Broadcast(a + 1);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Broadcast(a + 2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Broadcast(a + 3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
        }
        TSimd.Store(c00, c);
        TSimd.Store(c01, c + TSimd.Width);
        TSimd.Store(c10, c + cRow);
        TSimd.Store(c11, c + cRow + TSimd.Width);
        TSimd.Store(c20, c + 2 * cRow);
        TSimd.Store(c21, c + 2 * cRow + TSimd.Width);
        TSimd.Store(c30, c + 3 * cRow);
        TSimd.Store(c31, c + 3 * cRow + TSimd.Width);
    }

    /// <summary>Four rows, one register wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run4x1(int k, T* a, T* b, int* places, T* c, nint cRow)
    {
        TVector c00 = default;
        TVector c10 = default;
        TVector c20 = default;
        TVector c30 = default;
        for (int p = 0; p < k; p++, a += IWindowKernel<T>.Rows)
        {
            T* from = b + places[p];
            TVector b0 = TSimd.Load(from);
            TVector x = TSimd.Broadcast(a);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            x = TSimd.Broadcast(a + 1);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            x = TSimd.Broadcast(a + 2);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            x = TSimd.Broadcast(a + 3);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
        }
        TSimd.Store(c00, c);
        TSimd.Store(c10, c + cRow);
        TSimd.Store(c20, c + 2 * cRow);
        TSimd.Store(c30, c + 3 * cRow);
    }
}
