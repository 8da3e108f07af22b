using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Elementary functions of vectors of doubles, to about 1 ulp.</summary>
internal static partial class DoubleVector
{
    /// <summary>1.5 · 2⁵²: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const double Rounder = 6755399441055744.0;

    /// <summary>
    /// eˣ: x = n ln 2 + r, the Taylor series of e^r to r¹³, and 2ⁿ in two halves so that subnormal results are rounded once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> low = Vector256.Create(-746.0), high = Vector256.Create(710.0), rounder = Vector256.Create(Rounder);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, low), low, Vector256.ConditionalSelect(Vector256.GreaterThan(x, high), high, x));
        Vector256<double> shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.4426950408889634), rounder), n = shifted - rounder;
        Vector256<double> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-6.93147180369123816490e-01), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-1.90821492927058770002e-10), r);
        var p = Vector256.Create(1.0 / 6227020800);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 479001600));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 39916800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 3628800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 362880));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 40320));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 5040));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
        // n is at least -1077: shifting n + 2048 halves it without a signed shift, which AVX2 lacks.
        Vector256<long> power = shifted.AsInt64() - rounder.AsInt64();
        Vector256<long> half = ((power + Vector256.Create(2048L)) >>> 1) - Vector256.Create(1024L);
        return p * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    /// <summary>ln x: x = 2ᵏ(1 + f) and the polynomial of fdlibm's e_log.c in s = f / (2 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        Vector256<double> tiny = Vector256.LessThan(x, Vector256.Create(2.2250738585072014e-308));
        Vector256<double> scaled = Vector256.ConditionalSelect(tiny, x * Vector256.Create(18014398509481984.0), x);
        // Adding the distance of √½ from 1 to the bits moves the break between exponents from 1 to √½.
        Vector256<long> bits = scaled.AsInt64() + Vector256.Create(0x3FF0000000000000L - 0x3FE6A09E667F3BCDL);
        Vector256<double> k = ((bits >>> 52) | Vector256.Create(0x4330000000000000L)).AsDouble()
            - Vector256.Create(4503599627370496.0 + 1023) - (tiny & Vector256.Create(54.0));
        Vector256<double> f = ((bits & Vector256.Create(0x000FFFFFFFFFFFFFL)) + Vector256.Create(0x3FE6A09E667F3BCDL)).AsDouble()
            - Vector256<double>.One;
        Vector256<double> s = f / (f + Vector256.Create(2.0)), z = s * s, square = Vector256.Create(0.5) * f * f;
        var p = Vector256.Create(1.479819860511658591e-01);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(1.531383769920937332e-01));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(1.818357216161805012e-01));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(2.222219843214978396e-01));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(2.857142874366239149e-01));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(3.999999999940941908e-01));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(6.666666666666735130e-01));
        Vector256<double> small = Vector256.FusedMultiplyAdd(k, Vector256.Create(1.90821492927058770002e-10),
            s * Vector256.FusedMultiplyAdd(p, z, square));
        Vector256<double> y = Vector256.FusedMultiplyAdd(k, Vector256.Create(6.93147180369123816490e-01), f - (square - small));
        y = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256.Create(double.PositiveInfinity)), x, y);
        y = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<double>.Zero), Vector256.Create(double.NegativeInfinity), y);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero), y, Vector256.Create(double.NaN));
    }

    /// <summary>ln(1 + x): the logarithm of the rounded 1 + x, and what the rounding lost, divided by it (Kahan).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log1p(Vector256<double> x)
    {
        Vector256<double> one = Vector256<double>.One, u = x + one;
        // The greater of x and 1 is taken away first: then both differences are exact.
        Vector256<double> isLarge = Vector256.GreaterThan(x, one);
        Vector256<double> lost = Vector256.ConditionalSelect(isLarge, one - (u - x), x - (u - one));
        Vector256<double> finite = Vector256.GreaterThan(u, Vector256<double>.Zero)
            & Vector256.LessThan(u, Vector256.Create(double.PositiveInfinity));
        Vector256<double> y = Log(u) + (finite & (lost / u));
        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<double>.Zero), x, y);
    }

    /// <summary>eˣ - 1 = 2ⁿ(eʳ - 1) + (2ⁿ - 1) for x = n ln 2 + r, with the Taylor series of eʳ - 1 to r¹⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Expm1(Vector256<double> x)
    {
        Vector256<double> low = Vector256.Create(-50.0), high = Vector256.Create(710.0), rounder = Vector256.Create(Rounder);
        Vector256<double> clamped = Vector256.ConditionalSelect(Vector256.LessThan(x, low), low, x);
        clamped = Vector256.ConditionalSelect(Vector256.GreaterThan(clamped, high), high, clamped);
        Vector256<double> shifted = Vector256.FusedMultiplyAdd(clamped, Vector256.Create(1.4426950408889634), rounder), n = shifted - rounder;
        // n times the first 32 bits of ln 2 is exact; what n times the others is enters the sum late.
        Vector256<double> exact = Vector256.FusedMultiplyAdd(n, Vector256.Create(-6.93147180369123816490e-01), clamped);
        Vector256<double> little = n * Vector256.Create(-1.90821492927058770002e-10), r = exact + little;
        little -= r - exact;
        var p = Vector256.Create(1.0 / 87178291200);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6227020800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 479001600));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 39916800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 3628800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 362880));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 40320));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 5040));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        // Half of the result, so that 2ⁿ does not overflow before the result does; r is added last, to the exact 2ⁿ - 1.
        Vector256<double> half = PowerOfTwo(shifted.AsInt64() - rounder.AsInt64() - Vector256<long>.One);
        Vector256<double> less = half - Vector256.Create(0.5), sum = Vector256.FusedMultiplyAdd(r, half, less);
        Vector256<double> lost = Vector256.FusedMultiplyAdd(r, half, less - sum);
        Vector256<double> y = (sum + Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(p, r * r, little), half, lost)) * Vector256.Create(2.0);
        // Below 2⁻⁵⁴ the result is x, whose half may not be a number of the same precision.
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(5.551115123125783e-17)), x, y);
    }

    /// <summary>1 / (1 + e⁻ˣ) from e^-|x|, so that it neither overflows nor loses small results; what 1 + e^-|x| is rounded by is put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sigmoid(Vector256<double> x)
    {
        Vector256<double> one = Vector256<double>.One, e = Exp(-Vector256.Abs(x)), sum = one + e;
        Vector256<double> isNegative = Vector256.LessThan(x, Vector256<double>.Zero), y = Vector256.ConditionalSelect(isNegative, e, one) / sum;
        return y - y * Vector256.ConditionalSelect(isNegative, one - y, y) * (e - (sum - one));
    }

    /// <summary>tanh x: Cephes' rational function below 0.625, 1 - 2 / (e²ˣ + 1) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Tanh(Vector256<double> x)
    {
        Vector256<double> a = Vector256.Abs(x), z = x * x, one = Vector256<double>.One;
        var p = Vector256.Create(-9.64399179425052238628e-1);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-9.92877231001918586564e1));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-1.61468768441708447952e3));
        Vector256<double> q = z + Vector256.Create(1.12811678491632931402e2);
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(2.23548839060100448583e3));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(4.84406305325125486048e3));
        Vector256<double> small = Vector256.FusedMultiplyAdd(a * z, p / q, a);
        Vector256<double> large = one - Vector256.Create(2.0) / (Exp(a + a) + one);
        return Vector256.CopySign(Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(0.625)), small, large), x);
    }

    /// <summary>atan t for t in [0, 1]: Cephes' rational function, about 0 up to 0.66 and about 1 beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ArcTangent(Vector256<double> t)
    {
        Vector256<double> far = Vector256.GreaterThan(t, Vector256.Create(0.66)), one = Vector256<double>.One;
        Vector256<double> x = Vector256.ConditionalSelect(far, (t - one) / (t + one), t), z = x * x;
        var p = Vector256.Create(-8.750608600031904122785e-1);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-1.615753718733365076637e1));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-7.500855792314704667340e1));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-1.228866684490136173410e2));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-6.485021904942025371773e1));
        Vector256<double> q = z + Vector256.Create(2.485846490142306297962e1);
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(1.650270098316988542046e2));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(4.328810604912902668951e2));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(4.853903996359136964868e2));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(1.945506571482613964425e2));
        return Vector256.FusedMultiplyAdd(x * z, p / q, x) + (far & Vector256.Create(Math.PI / 4));
    }

    private static Vector256<double> PowerOfTwo(Vector256<long> n) => ((n + Vector256.Create(1023L)) << 52).AsDouble();
}
