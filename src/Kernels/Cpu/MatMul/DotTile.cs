using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autodiff.Kernels;

/// <summary>Dot products of a few lines with a few others, side by side so that they share what is loaded.</summary>
internal static unsafe class DotTile<T>
    where T : unmanaged, System.Numerics.INumber<T>
{
    /// <summary>The most lines of x, and of y, in a tile.</summary>
    public const int Lines = 3, OtherLines = 4;

    /// <summary>The most lines of y that meet a single line of x.</summary>
    public const int OtherLinesOfOne = 8;

    /// <summary>c[i, j] = x[i] · y[j] for up to 3 x 4 lines. Lines that are missing repeat the last: what they give is not written.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int k, T* x, nint xLine, int xs, T* y, nint yLine, int ys, T* c, nint xOut, nint yOut)
    {
        T* x0 = x, x1 = xs > 1 ? x0 + xLine : x0, x2 = xs > 2 ? x1 + xLine : x1;
        T* y0 = y, y1 = ys > 1 ? y0 + yLine : y0, y2 = ys > 2 ? y1 + yLine : y1, y3 = ys > 3 ? y2 + yLine : y2;
        Vector256<T> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<T> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector256<T> s20 = default, s21 = default, s22 = default, s23 = default;
        int lanes = Vector256<T>.Count, p = 0;
        for (; p + lanes <= k; p += lanes)
        {
            Vector256<T> u = Vector256.Load(x0 + p), v = Vector256.Load(x1 + p), w = Vector256.Load(x2 + p), z = Vector256.Load(y0 + p);
            s00 = Simd256<T>.MultiplyAdd(u, z, s00);
            s10 = Simd256<T>.MultiplyAdd(v, z, s10);
            s20 = Simd256<T>.MultiplyAdd(w, z, s20);
            z = Vector256.Load(y1 + p);
            s01 = Simd256<T>.MultiplyAdd(u, z, s01);
            s11 = Simd256<T>.MultiplyAdd(v, z, s11);
            s21 = Simd256<T>.MultiplyAdd(w, z, s21);
            z = Vector256.Load(y2 + p);
            s02 = Simd256<T>.MultiplyAdd(u, z, s02);
            s12 = Simd256<T>.MultiplyAdd(v, z, s12);
            s22 = Simd256<T>.MultiplyAdd(w, z, s22);
            z = Vector256.Load(y3 + p);
            s03 = Simd256<T>.MultiplyAdd(u, z, s03);
            s13 = Simd256<T>.MultiplyAdd(v, z, s13);
            s23 = Simd256<T>.MultiplyAdd(w, z, s23);
        }
        T* sums = stackalloc T[Lines * OtherLines];
        Sum4(s00, s01, s02, s03, sums);
        Sum4(s10, s11, s12, s13, sums + 4);
        Sum4(s20, s21, s22, s23, sums + 8);
        for (int i = 0; i < xs; i++)
        {
            Finish(k, p, x + i * xLine, y, yLine, ys, sums + OtherLines * i, c + i * xOut, yOut);
        }
    }

    /// <summary>c[j] = x · y[j] for up to 8 lines: a row of a matrix times a vector for each.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunOne(int k, T* x, T* y, nint yLine, int ys, T* c, nint yOut)
    {
        T* y0 = y, y1 = ys > 1 ? y0 + yLine : y0, y2 = ys > 2 ? y1 + yLine : y1, y3 = ys > 3 ? y2 + yLine : y2;
        T* y4 = ys > 4 ? y3 + yLine : y3, y5 = ys > 5 ? y4 + yLine : y4, y6 = ys > 6 ? y5 + yLine : y5, y7 = ys > 7 ? y6 + yLine : y6;
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        int lanes = Vector256<T>.Count, p = 0;
        for (; p + lanes <= k; p += lanes)
        {
            Vector256<T> u = Vector256.Load(x + p);
            s0 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y0 + p), s0);
            s1 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y1 + p), s1);
            s2 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y2 + p), s2);
            s3 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y3 + p), s3);
            s4 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y4 + p), s4);
            s5 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y5 + p), s5);
            s6 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y6 + p), s6);
            s7 = Simd256<T>.MultiplyAdd(u, Vector256.Load(y7 + p), s7);
        }
        T* sums = stackalloc T[OtherLinesOfOne];
        Sum4(s0, s1, s2, s3, sums);
        Sum4(s4, s5, s6, s7, sums + 4);
        Finish(k, p, x, y, yLine, ys, sums, c, yOut);
    }

    /// <summary>x · y, which is read as fast as memory gives it: four sums wait for each other no longer than for the next lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T RunSingle(int k, T* x, T* y)
    {
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int lanes = Vector256<T>.Count, p = 0;
        for (; p + 4 * lanes <= k; p += 4 * lanes)
        {
            s0 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p), Vector256.Load(y + p), s0);
            s1 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p + lanes), Vector256.Load(y + p + lanes), s1);
            s2 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p + 2 * lanes), Vector256.Load(y + p + 2 * lanes), s2);
            s3 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p + 3 * lanes), Vector256.Load(y + p + 3 * lanes), s3);
        }
        for (; p + lanes <= k; p += lanes)
        {
            s0 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p), Vector256.Load(y + p), s0);
        }

        T sum = Vector256.Sum(s0 + s1 + (s2 + s3));
        for (; p < k; p++)
        {
            sum += x[p] * y[p];
        }

        return sum;
    }

    /// <summary>Adds what is left of the lines behind the last whole vector, and writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(int k, int p, T* x, T* y, nint yLine, int ys, T* sums, T* c, nint yOut)
    {
        for (int j = 0; j < ys; j++, y += yLine, c += yOut)
        {
            T sum = sums[j];
            for (int q = p; q < k; q++)
            {
                sum += x[q] * y[q];
            }

            *c = sum;
        }
    }

    /// <summary>The sums over the lanes of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum4(Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d, T* sums)
    {
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            Vector256<float> halves = Avx.HorizontalAdd(
                Avx.HorizontalAdd(a.AsSingle(), b.AsSingle()), Avx.HorizontalAdd(c.AsSingle(), d.AsSingle()));
            (halves.GetLower() + halves.GetUpper()).Store((float*)sums);
        }
        else if (typeof(T) == typeof(double) && Avx.IsSupported)
        {
            Vector256<double> ab = Avx.HorizontalAdd(a.AsDouble(), b.AsDouble()), cd = Avx.HorizontalAdd(c.AsDouble(), d.AsDouble());
            (Avx.Permute2x128(ab, cd, 0x20) + Avx.Permute2x128(ab, cd, 0x31)).Store((double*)sums);
        }
        else
        {
            (sums[0], sums[1], sums[2], sums[3]) = (Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
        }
    }
}
