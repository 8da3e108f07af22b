using ILGPU;

namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>aᵇ = e^(b ln |a|) with ln |a| as an unevaluated sum of two numbers; the method of SLEEF's pow and its coefficients for the logarithm.</summary>
    public static double Pow(double a, double b)
    {
        double size = Abs(b);
        bool isInteger = size >= 4503599627370496.0 || (double)(long)size == size;
        bool isOdd = isInteger && size < 9007199254740992.0 && (((long)size) & 1) != 0;
        PairDouble log = LogOf(Abs(a));
        // No power of a number but ±1 is finite and not 0 beyond this exponent.
        double bounded = b > 1e22 ? 1e22 : b < -1e22 ? -1e22 : b;
        PairDouble exponent = Multiply(log, bounded);
        double power = exponent.High > 710.0 ? double.PositiveInfinity : ExpOf(exponent);
        if (a < 0.0)
        {
            power = !isInteger ? double.NaN : isOdd ? -power : power;
        }

        if (size == double.PositiveInfinity)
        {
            double growth = b > 0.0 ? Abs(a) : 1.0 / Abs(a);
            power = growth == 1.0 ? 1.0 : growth > 1.0 ? double.PositiveInfinity : 0.0;
        }
        else if (a == 0.0 || Abs(a) == double.PositiveInfinity)
        {
            double edge = (a == 0.0) == (b < 0.0) ? double.PositiveInfinity : 0.0;
            power = isOdd ? MultiplySign(edge, a) : edge;
        }
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            power = double.NaN;
        }

        return b == 0.0 || a == 1.0 ? 1.0 : power;
    }

    /// <summary>ln x for x above 0.</summary>
    private static PairDouble LogOf(double x)
    {
        bool isSubnormal = x < 2.2250738585072014e-308;
        double scaled = isSubnormal ? x * 18014398509481984.0 : x;
        ulong bits = Interop.FloatAsInt(scaled) + (0x3ff0000000000000UL - 0x3fe6a09e00000000UL);
        int k = (int)(bits >> 52) - 1023 - (isSubnormal ? 54 : 0);
        double m = Interop.IntAsFloat((bits & 0x000fffffffffffffUL) + 0x3fe6a09e00000000UL);
        PairDouble s = Divide(Sum(m, -1.0), Sum(m, 1.0));
        PairDouble square = Multiply(s, s);
        double t = 0.116255524079935043668677;
        t = MultiplyAdd(t, square.High, 0.103239680901072952701192);
        t = MultiplyAdd(t, square.High, 0.117754809412463995466069);
        t = MultiplyAdd(t, square.High, 0.13332981086846273921509);
        t = MultiplyAdd(t, square.High, 0.153846227114512262845736);
        t = MultiplyAdd(t, square.High, 0.181818180850050775676507);
        t = MultiplyAdd(t, square.High, 0.222222222230083560345903);
        t = MultiplyAdd(t, square.High, 0.285714285714249172087875);
        t = MultiplyAdd(t, square.High, 0.400000000000000077715612);
        PairDouble series = Add(Multiply(square, t), new PairDouble { High = 0.666666666666666629659233, Low = 3.80554962542412056336616e-17 });
        PairDouble whole = Multiply(new PairDouble { High = 0.693147180559945286226764, Low = 2.319046813846299558417771e-17 }, (double)k);
        PairDouble twice = new() { High = s.High + s.High, Low = s.Low + s.Low };
        return Add(Add(whole, twice), Multiply(Multiply(square, s), series));
    }

    /// <summary>e^(High + Low), 0 where that is too small.</summary>
    private static double ExpOf(PairDouble x)
    {
        double bounded = x.High < -746.0 ? -746.0 : x.High;
        int n = Round(bounded * 1.4426950408889634);
        double q = n;
        PairDouble r = Add(new PairDouble { High = bounded, Low = x.Low }, Product(q, -0.69314718055966295651160180568695068359375));
        r = Add(r, Product(q, -0.28235290563031577122588448175013436025525412068e-12));
        double p = 1.6059043836821613e-10;
        p = MultiplyAdd(p, r.High, 2.08767569878681e-09);
        p = MultiplyAdd(p, r.High, 2.505210838544172e-08);
        p = MultiplyAdd(p, r.High, 2.755731922398589e-07);
        p = MultiplyAdd(p, r.High, 2.7557319223985893e-06);
        p = MultiplyAdd(p, r.High, 2.48015873015873e-05);
        p = MultiplyAdd(p, r.High, 0.0001984126984126984);
        p = MultiplyAdd(p, r.High, 0.001388888888888889);
        p = MultiplyAdd(p, r.High, 0.008333333333333333);
        p = MultiplyAdd(p, r.High, 0.041666666666666664);
        p = MultiplyAdd(p, r.High, 0.16666666666666666);
        p = MultiplyAdd(p, r.High, 0.5);
        PairDouble t = Add(r, Multiply(Multiply(r, r), p));
        t = Add(new PairDouble { High = 1.0 }, t);
        return x.High < -746.0 ? 0.0 : Scale(t.High + t.Low, n);
    }

    // Arithmetic with unevaluated sums of two numbers (Dekker 1971). Products are written as MultiplyAdd(a, b, -0), which no compiler fuses with a following sum: the error terms
    // belong to the rounded product.
    private static PairDouble Product(double a, double b)
    {
        double p = MultiplyAdd(a, b, -0.0);
        return new PairDouble { High = p, Low = MultiplyAdd(a, b, -p) };
    }

    private static PairDouble Sum(double a, double b)
    {
        double s = a + b, v = s - a;
        return new PairDouble { High = s, Low = (a - (s - v)) + (b - v) };
    }

    private static PairDouble Add(PairDouble a, PairDouble b)
    {
        PairDouble s = Sum(a.High, b.High);
        return Normalize(s.High, s.Low + (a.Low + b.Low));
    }

    private static PairDouble Multiply(PairDouble a, PairDouble b)
    {
        PairDouble p = Product(a.High, b.High);
        return Normalize(p.High, MultiplyAdd(a.High, b.Low, MultiplyAdd(a.Low, b.High, p.Low)));
    }

    private static PairDouble Multiply(PairDouble a, double b)
    {
        PairDouble p = Product(a.High, b);
        return Normalize(p.High, MultiplyAdd(a.Low, b, p.Low));
    }

    private static PairDouble Divide(PairDouble a, PairDouble b)
    {
        double quotient = a.High / b.High;
        double rest = MultiplyAdd(-quotient, b.High, a.High) + MultiplyAdd(-quotient, b.Low, a.Low);
        return Normalize(quotient, rest / b.High);
    }

    private static PairDouble Normalize(double high, double low)
    {
        double s = high + low;
        return new PairDouble { High = s, Low = (high - s) + low };
    }

    private struct PairDouble
    {
        public double High, Low;
    }
}
