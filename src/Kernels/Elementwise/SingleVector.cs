using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Elementary functions of vectors of floats: exp, log, tanh and erf in float to about 1 ulp; the others through double, to half an ulp.
/// </summary>
internal static partial class SingleVector
{
    /// <summary>1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const float Rounder = 12582912f;

    // A mask of eight lanes, all set.
    private const uint AllLanes = 0xFF;

    /// <summary>eˣ: x = n ln 2 + r, Cephes' polynomial in r, and 2ⁿ.</summary>
    /// <remarks>Where all results are normal numbers, as almost always, n is added to their exponents; else 2ⁿ comes in two halves, so that subnormal results are rounded once.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        uint near = Vector256.LessThanOrEqual(Vector256.Abs(x), Vector256.Create(87f)).ExtractMostSignificantBits();
        if (near != AllLanes)
        {
            x = Least(Vector256.Create(89f), Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-105f)), Vector256.Create(-105f), x));
        }

        Vector256<float> p = ExpOfRest(x, out Vector256<int> shifted);
        if (near == AllLanes)
        {
            return WithExponent(p, shifted);
        }

        Vector256<int> power = shifted - Vector256.Create(Rounder).AsInt32(), half = power >> 1;
        return p * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    /// <summary>ln x: x = 2ᵏ(1 + m) and Cephes' polynomial in m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<float> smallest = Vector256.Create(1.17549435e-38f), infinity = Vector256.Create(float.PositiveInfinity), bias = Vector256.Create(127f);
        Vector256<float> scaled = x;
        uint normal = (Vector256.GreaterThanOrEqual(x, smallest) & Vector256.LessThan(x, infinity)).ExtractMostSignificantBits();
        if (normal != AllLanes)
        {
            Vector256<float> tiny = Vector256.LessThan(x, smallest);
            scaled = Vector256.ConditionalSelect(tiny, x * Vector256.Create(8388608f), x);
            bias += tiny & Vector256.Create(23f);
        }
        // Adding the distance of √½ from 1 to the bits moves the break between exponents from 1 to √½.
        Vector256<int> bits = scaled.AsInt32() + Vector256.Create(0x3F800000 - 0x3F3504F3);
        Vector256<float> k = Vector256.ConvertToSingle(bits >> 23) - bias;
        Vector256<float> m = ((bits & Vector256.Create(0x007FFFFF)) + Vector256.Create(0x3F3504F3)).AsSingle() - Vector256<float>.One;
        Vector256<float> z = m * m;
        Vector256<float> p01 = Vector256.FusedMultiplyAdd(m, Vector256.Create(-2.4999993993e-1f), Vector256.Create(3.3333331174e-1f));
        Vector256<float> p23 = Vector256.FusedMultiplyAdd(m, Vector256.Create(-1.6668057665e-1f), Vector256.Create(2.0000714765e-1f));
        Vector256<float> p45 = Vector256.FusedMultiplyAdd(m, Vector256.Create(-1.2420140846e-1f), Vector256.Create(1.4249322787e-1f));
        Vector256<float> p67 = Vector256.FusedMultiplyAdd(m, Vector256.Create(-1.1514610310e-1f), Vector256.Create(1.1676998740e-1f));
        p67 = Vector256.FusedMultiplyAdd(z, Vector256.Create(7.0376836292e-2f), p67);
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(p67, z, p45), z * z, Vector256.FusedMultiplyAdd(p23, z, p01));
        Vector256<float> y = Vector256.FusedMultiplyAdd(k, Vector256.Create(-2.12194440e-4f), m * z * p);
        y = Vector256.FusedMultiplyAdd(z, Vector256.Create(-0.5f), y);
        y = Vector256.FusedMultiplyAdd(k, Vector256.Create(0.693359375f), m + y);
        if (normal == AllLanes)
        {
            return y;
        }

        y = Vector256.ConditionalSelect(Vector256.Equals(x, infinity), x, y);
        y = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), -infinity, y);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero), y, Vector256.Create(float.NaN));
    }

    /// <summary>1 / (1 + e⁻ˣ); what 1 + e⁻ˣ is rounded by is put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        Vector256<float> one = Vector256<float>.One, moderate = Vector256.LessThanOrEqual(Vector256.Abs(x), Vector256.Create(87f));
        Vector256<float> e = ExpOfModerate(-x), sum = one + e, y = one / sum;
        // The differences are exact, whichever of 1 and e⁻ˣ is the larger, up to 2²⁴, and beyond too small to matter.
        y = Vector256.FusedMultiplyAdd(-y, y * (one - (sum - e)), y);
        if (moderate.ExtractMostSignificantBits() == AllLanes)
        {
            return y;
        }
        // Small results come from e^-|x|, which overflows for no number and keeps subnormal ones. The lanes beside keep theirs.
        Vector256<float> small = Exp(-Vector256.Abs(x)), isNegative = Vector256.LessThan(x, Vector256<float>.Zero), total = one + small;
        Vector256<float> far = Vector256.ConditionalSelect(isNegative, small, one) / total;
        far -= far * Vector256.ConditionalSelect(isNegative, one - far, far) * (small - (total - one));
        return Vector256.ConditionalSelect(moderate, y, far);
    }

    /// <summary>tanh x: Cephes' polynomial below 0.625, 1 - 2 / (e²ˣ + 1) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> a = Vector256.Abs(x), z = x * x, one = Vector256<float>.One;
        var p = Vector256.Create(-5.70498872745e-3f);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(2.06390887954e-2f));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-5.37397155531e-2f));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(1.33314422036e-1f));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(-3.33332819422e-1f));
        Vector256<float> small = Vector256.FusedMultiplyAdd(p, z * a, a);
        // From 10 on the result is 1.
        Vector256<float> near = Least(Vector256.Create(10f), a);
        Vector256<float> large = one - Vector256.Create(2f) / (ExpOfModerate(near + near) + one);
        // NaN is neither, and only the polynomial keeps it.
        return Vector256.CopySign(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(a, Vector256.Create(0.625f)), large, small), x);
    }

    /// <summary>erf x: N. Juffa's minimax polynomials, erf x = x + x p(x²) below 0.93 and 1 - e^q(|x|) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        // From 4 on the result is 1.
        Vector256<float> t = Least(Vector256.Create(4f), Vector256.Abs(x)), s = t * t;
        Vector256<float> q = Vector256.FusedMultiplyAdd(Vector256.Create(-1.72853470e-5f), t, Vector256.Create(3.83197126e-4f));
        Vector256<float> u = Vector256.FusedMultiplyAdd(Vector256.Create(-3.88396438e-3f), t, Vector256.Create(2.42546219e-2f));
        q = Vector256.FusedMultiplyAdd(q, s, u);
        q = Vector256.FusedMultiplyAdd(q, t, Vector256.Create(-1.06777877e-1f));
        q = Vector256.FusedMultiplyAdd(q, t, Vector256.Create(-6.34846687e-1f));
        q = Vector256.FusedMultiplyAdd(q, t, Vector256.Create(-1.28717512e-1f));
        q = Vector256.FusedMultiplyAdd(q, t, -t);
        Vector256<float> large = Vector256<float>.One - ExpOfModerate(q);
        var p = Vector256.Create(-5.96761703e-4f);
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(4.99119423e-3f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-2.67681349e-2f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(1.12819925e-1f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-3.76125336e-1f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(1.28379166e-1f));
        Vector256<float> small = Vector256.FusedMultiplyAdd(p, t, t);
        return Vector256.CopySign(Vector256.ConditionalSelect(Vector256.GreaterThan(t, Vector256.Create(0.927734375f)), large, small), x);
    }

    /// <summary>sin x through double; beyond 2³⁰ the platform's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(x);
        Vector256<float> y = Vector256.Narrow(DoubleVector.Sine(low, 0), DoubleVector.Sine(high, 0));
        if (Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(1073741824f)))
        {
            y = Far(x, y, 0);
        }

        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), x, y);
    }

    /// <summary>cos x through double; beyond 2³⁰ the platform's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(x);
        Vector256<float> y = Vector256.Narrow(DoubleVector.Sine(low, 1), DoubleVector.Sine(high, 1));
        return Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(1073741824f)) ? Far(x, y, 1) : y;
    }

    /// <summary>ln(1 + x) through double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1p(Vector256<float> x)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(x);
        return Vector256.Narrow(DoubleVector.Log1p(low), DoubleVector.Log1p(high));
    }

    /// <summary>eˣ - 1 through double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expm1(Vector256<float> x)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(x);
        return Vector256.Narrow(DoubleVector.Expm1(low), DoubleVector.Expm1(high));
    }

    /// <summary>xʸ through double, as e^(y ln |x|) with the sign and the special values of C's pow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        (Vector256<double> lowX, Vector256<double> highX) = Vector256.Widen(x);
        (Vector256<double> lowY, Vector256<double> highY) = Vector256.Widen(y);
        return Vector256.Narrow(Pow(lowX, lowY), Pow(highX, highY));
    }

    /// <summary>The angle of the point (x, y) through double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atan2(Vector256<float> y, Vector256<float> x)
    {
        (Vector256<double> lowX, Vector256<double> highX) = Vector256.Widen(x);
        (Vector256<double> lowY, Vector256<double> highY) = Vector256.Widen(y);
        return Vector256.Narrow(Atan2(lowY, lowX), Atan2(highY, highX));
    }

    private static Vector256<double> Pow(Vector256<double> x, Vector256<double> y)
    {
        Vector256<double> one = Vector256<double>.One, size = Vector256.Abs(x), half = y * Vector256.Create(0.5);
        Vector256<double> whole = Vector256.Equals(Vector256.Floor(y), y);
        Vector256<double> odd = Vector256.AndNot(whole, Vector256.Equals(Vector256.Floor(half), half));
        Vector256<double> power = DoubleVector.Exp(y * DoubleVector.Log(size));
        // Odd powers keep the sign, of zeros too; other powers of negative numbers are no real numbers.
        power ^= x & odd & Vector256.Create(-0.0);
        Vector256<double> unreal = Vector256.LessThan(x, Vector256<double>.Zero) & ~whole
            & Vector256.LessThan(size, Vector256.Create(double.PositiveInfinity));
        power = Vector256.ConditionalSelect(unreal, Vector256.Create(double.NaN), power);
        Vector256<double> unit = Vector256.Equals(size, one) & Vector256.Equals(Vector256.Abs(y), Vector256.Create(double.PositiveInfinity));
        return Vector256.ConditionalSelect(Vector256.Equals(y, Vector256<double>.Zero) | Vector256.Equals(x, one) | unit, one, power);
    }

    private static Vector256<double> Atan2(Vector256<double> y, Vector256<double> x)
    {
        Vector256<double> across = Vector256.Abs(x), up = Vector256.Abs(y), steep = Vector256.GreaterThan(up, across);
        Vector256<double> zero = Vector256<double>.Zero;
        Vector256<double> least = Vector256.ConditionalSelect(steep, across, up), most = Vector256.ConditionalSelect(steep, up, across);
        // 0 / 0 lies on an axis, ∞ / ∞ on a diagonal.
        Vector256<double> ratio = Vector256.ConditionalSelect(Vector256.Equals(least, most), Vector256<double>.One, least / most);
        ratio = Vector256.ConditionalSelect(Vector256.Equals(most, zero), zero, ratio);
        Vector256<double> angle = DoubleVector.ArcTangent(ratio);
        angle = Vector256.ConditionalSelect(steep, Vector256.Create(Math.PI / 2) - angle, angle);
        Vector256<double> backward = Vector256.LessThan(x.AsInt64(), Vector256<long>.Zero).AsDouble();
        angle = Vector256.ConditionalSelect(backward, Vector256.Create(Math.PI) - angle, angle);
        return Vector256.ConditionalSelect(Vector256.IsNaN(x) | Vector256.IsNaN(y), x + y, Vector256.CopySign(angle, y));
    }

    /// <summary>Replaces the lanes whose angles are too large for the reduction.</summary>
    private static Vector256<float> Far(Vector256<float> x, Vector256<float> y, int quarter)
    {
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            if (MathF.Abs(x[lane]) > 1073741824f)
            {
                y = y.WithElement(lane, (float)(quarter == 0 ? Math.Sin(x[lane]) : Math.Cos(x[lane])));
            }
        }
        return y;
    }

    /// <summary>The lesser of a bound and x; NaN where x is, of which <see cref="Vector256.MinNative"/> is not sure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Least(Vector256<float> bound, Vector256<float> x) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, bound), bound, x);

    /// <summary>eˣ for |x| up to 87, where it is a normal number; any number for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfModerate(Vector256<float> x) => WithExponent(ExpOfRest(x, out Vector256<int> shifted), shifted);

    /// <summary>eʳ for x = n ln 2 + r, and n in the low bits of <paramref name="shifted"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfRest(Vector256<float> x, out Vector256<int> shifted)
    {
        Vector256<float> rounder = Vector256.Create(Rounder), sum = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.44269504f), rounder);
        shifted = sum.AsInt32();
        // n times the first 15 bits of ln 2 is exact, and so is what it leaves of x; the little that n times the others is enters the sum late.
        Vector256<float> n = sum - rounder, exact = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693145752f), x);
        Vector256<float> little = n * Vector256.Create(-1.42860677e-6f), r = exact + little;
        // In pairs of powers: half as many steps wait for each other as in Horner's scheme.
        Vector256<float> square = r * r;
        Vector256<float> high = Vector256.FusedMultiplyAdd(r, Vector256.Create(1.9875691500e-4f), Vector256.Create(1.3981999507e-3f));
        Vector256<float> middle = Vector256.FusedMultiplyAdd(r, Vector256.Create(8.3334519073e-3f), Vector256.Create(4.1665795894e-2f));
        Vector256<float> low = Vector256.FusedMultiplyAdd(r, Vector256.Create(1.6666665459e-1f), Vector256.Create(5.0000001201e-1f));
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(high, square, middle), square, low);
        return exact + Vector256.FusedMultiplyAdd(p, square, little) + Vector256<float>.One;
    }

    /// <summary>p 2ⁿ for an n in the low bits of <paramref name="shifted"/>, if that is a normal number: the other bits are shifted out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> WithExponent(Vector256<float> p, Vector256<int> shifted) => (p.AsInt32() + (shifted << 23)).AsSingle();

    private static Vector256<float> PowerOfTwo(Vector256<int> n) => ((n + Vector256.Create(127)) << 23).AsSingle();
}
