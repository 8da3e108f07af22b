using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <content>Sines and cosines.</content>
internal static partial class DoubleVector
{
    // Up to here n has 20 bits, so that its products with 33 bits of π/2 are exact.
    private const double FarFrom = 1e6;

    /// <summary>sin x; the platform's beyond 10⁶.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sin(Vector256<double> x)
    {
        Vector256<double> y = Turned(x, 0);
        if (Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(FarFrom)))
        {
            y = Far(x, y, 0);
        }

        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<double>.Zero), x, y);
    }

    /// <summary>cos x; the platform's beyond 10⁶.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Cos(Vector256<double> x)
    {
        Vector256<double> y = Turned(x, 1);
        return Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(FarFrom)) ? Far(x, y, 1) : y;
    }

    /// <summary>
    /// The sine of x, or its cosine if <paramref name="quarter"/> is 1: reduction by n π/2, with π/2 in three pieces and the rest in two
    /// numbers, and the polynomials of fdlibm's k_sin.c and k_cos.c.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Turned(Vector256<double> x, long quarter)
    {
        Vector256<double> rounder = Vector256.Create(Rounder), one = Vector256<double>.One, half = Vector256.Create(0.5);
        Vector256<double> shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(0.6366197723675814), rounder), n = shifted - rounder;
        Vector256<double> second = Vector256.Create(-6.07710050630396597660e-11);
        Vector256<double> t = Vector256.FusedMultiplyAdd(n, Vector256.Create(-1.57079632673412561417), x);
        Vector256<double> u = Vector256.FusedMultiplyAdd(n, second, t), rest = Vector256.FusedMultiplyAdd(n, second, t - u);
        rest = Vector256.FusedMultiplyAdd(n, Vector256.Create(-2.02226624879595063154e-21), rest);
        Vector256<double> r = u + rest, tail = (u - r) + rest;
        Vector256<double> z = r * r, v = z * r, w = z * half;
        var s = Vector256.Create(1.58969099521155010221e-10);
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(-2.50507602534068634195e-08));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(2.75573137070700676789e-06));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(-1.98412698298579493134e-04));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(8.33333333332248946124e-03));
        s = Vector256.FusedMultiplyAdd(v, s, tail * -half);
        s = Vector256.FusedMultiplyAdd(s, z, tail);
        s = r + Vector256.FusedMultiplyAdd(v, Vector256.Create(-1.66666666666666324348e-01), s);
        var c = Vector256.Create(-1.13596475577881948265e-11);
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(2.08757232129817482790e-09));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(-2.75573143513906633035e-07));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(2.48015872894767294178e-05));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(-1.38888888888741095749e-03));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(4.16666666666666019037e-02));
        // 1 - z/2 is rounded; what it loses is added with the rest.
        Vector256<double> most = one - w;
        c = most + ((one - most) - w + Vector256.FusedMultiplyAdd(c * z, z, -(r * tail)));
        Vector256<long> quadrant = shifted.AsInt64() + Vector256.Create(quarter);
        Vector256<double> odd = Vector256.Equals(quadrant & Vector256<long>.One, Vector256<long>.One).AsDouble();
        Vector256<double> sign = (quadrant << 62).AsDouble() & Vector256.Create(-0.0);
        return Vector256.ConditionalSelect(odd, c, s) ^ sign;
    }

    /// <summary>Replaces the lanes whose angles are too large for the reduction.</summary>
    private static Vector256<double> Far(Vector256<double> x, Vector256<double> y, int quarter)
    {
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            if (Math.Abs(x[lane]) > FarFrom)
            {
                y = y.WithElement(lane, quarter == 0 ? Math.Sin(x[lane]) : Math.Cos(x[lane]));
            }
        }
        return y;
    }

    /// <summary>
    /// The sine of x, or its cosine if <paramref name="quarter"/> is 1, for |x| below 2³⁰: reduction by π/2 in two steps and fdlibm's
    /// polynomials.
    /// </summary>
    /// <remarks>Good to 50 bits: for results in float. See <see cref="Sin"/> for doubles.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sine(Vector256<double> x, long quarter)
    {
        var rounder = Vector256.Create(Rounder);
        Vector256<double> shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(0.6366197723675814), rounder), n = shifted - rounder;
        Vector256<double> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-1.5707963267948966), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-6.123233995736766e-17), r);
        Vector256<double> z = r * r;
        var s = Vector256.Create(1.58969099521155010221e-10);
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(-2.50507602534068634195e-08));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(2.75573137070700676789e-06));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(-1.98412698298579493134e-04));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(8.33333333332248946124e-03));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(-1.66666666666666324348e-01));
        s = Vector256.FusedMultiplyAdd(s, z * r, r);
        var c = Vector256.Create(-1.13596475577881948265e-11);
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(2.08757232129817482790e-09));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(-2.75573143513906633035e-07));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(2.48015872894767294178e-05));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(-1.38888888888741095749e-03));
        c = Vector256.FusedMultiplyAdd(c, z, Vector256.Create(4.16666666666666019037e-02));
        c = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(c, z, Vector256.Create(-0.5)), z, Vector256<double>.One);
        Vector256<long> quadrant = shifted.AsInt64() + Vector256.Create(quarter);
        Vector256<double> odd = Vector256.Equals(quadrant & Vector256<long>.One, Vector256<long>.One).AsDouble();
        Vector256<double> sign = (quadrant << 62).AsDouble() & Vector256.Create(-0.0);
        return Vector256.ConditionalSelect(odd, c, s) ^ sign;
    }
}
