using ILGPU;

namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>aᵇ = e^(b ln |a|) with ln |a| as an unevaluated sum of two numbers; the method and the coefficients of SLEEF's pow.</summary>
    public static float Pow(float a, float b)
    {
        float size = Abs(b);
        bool isInteger = size >= 8388608f || (float)(int)size == size;
        bool isOdd = isInteger && size < 16777216f && (((int)size) & 1) != 0;
        PairFloat log = LogOf(Abs(a));
        // No power of a number but ±1 is finite and not 0 beyond this exponent.
        float bounded = b > 1e12f ? 1e12f : b < -1e12f ? -1e12f : b;
        PairFloat exponent = Multiply(log, bounded);
        float power = exponent.High > 89f ? float.PositiveInfinity : ExpOf(exponent);
        if (a < 0f)
        {
            power = !isInteger ? float.NaN : isOdd ? -power : power;
        }

        if (size == float.PositiveInfinity)
        {
            float growth = b > 0f ? Abs(a) : 1f / Abs(a);
            power = growth == 1f ? 1f : growth > 1f ? float.PositiveInfinity : 0f;
        }
        else if (a == 0f || Abs(a) == float.PositiveInfinity)
        {
            float edge = (a == 0f) == (b < 0f) ? float.PositiveInfinity : 0f;
            power = isOdd ? MultiplySign(edge, a) : edge;
        }
        if (float.IsNaN(a) || float.IsNaN(b))
        {
            power = float.NaN;
        }

        return b == 0f || a == 1f ? 1f : power;
    }

    /// <summary>ln x for x above 0.</summary>
    private static PairFloat LogOf(float x)
    {
        bool isSubnormal = x < 1.17549435e-38f;
        float scaled = isSubnormal ? x * 33554432f : x;
        uint bits = Interop.FloatAsInt(scaled) + (0x3f800000u - 0x3f3504f3u);
        int k = (int)(bits >> 23) - 127 - (isSubnormal ? 25 : 0);
        float m = Interop.IntAsFloat((bits & 0x007fffffu) + 0x3f3504f3u);
        PairFloat s = Divide(Sum(m, -1f), Sum(m, 1f));
        PairFloat square = Multiply(s, s);
        float t = 0.240320354700088500976562f;
        t = MultiplyAdd(t, square.High, 0.285112679004669189453125f);
        t = MultiplyAdd(t, square.High, 0.400007992982864379882812f);
        PairFloat series = Add(Multiply(square, t), new PairFloat { High = 0.66666662693023681640625f, Low = 3.69183861259614332084311e-09f });
        PairFloat whole = Multiply(new PairFloat { High = 0.69314718246459960938f, Low = -1.904654323148236017e-09f }, (float)k);
        PairFloat twice = new() { High = s.High + s.High, Low = s.Low + s.Low };
        return Add(Add(whole, twice), Multiply(Multiply(square, s), series));
    }

    /// <summary>e^(High + Low), 0 where that is too small.</summary>
    private static float ExpOf(PairFloat x)
    {
        float bounded = x.High < -104.5f ? -104.5f : x.High;
        int n = Round(bounded * 1.44269504f);
        float q = n;
        PairFloat r = Add(new PairFloat { High = bounded, Low = x.Low }, Product(q, -0.693145751953125f));
        r = Add(r, Product(q, -1.428606765330187045e-06f));
        float p = 0.00136324646882712841033936f;
        p = MultiplyAdd(p, r.High, 0.00836596917361021041870117f);
        p = MultiplyAdd(p, r.High, 0.0416710823774337768554688f);
        p = MultiplyAdd(p, r.High, 0.166665524244308471679688f);
        p = MultiplyAdd(p, r.High, 0.499999850988388061523438f);
        PairFloat t = Add(r, Multiply(Multiply(r, r), p));
        t = Add(new PairFloat { High = 1f }, t);
        return x.High < -104.5f ? 0f : Scale(t.High + t.Low, n);
    }

    // Arithmetic with unevaluated sums of two numbers (Dekker 1971). Products are written as MultiplyAdd(a, b, -0), which no compiler fuses with a following sum: the error terms
    // belong to the rounded product.
    private static PairFloat Product(float a, float b)
    {
        float p = MultiplyAdd(a, b, -0f);
        return new PairFloat { High = p, Low = MultiplyAdd(a, b, -p) };
    }

    private static PairFloat Sum(float a, float b)
    {
        float s = a + b, v = s - a;
        return new PairFloat { High = s, Low = (a - (s - v)) + (b - v) };
    }

    private static PairFloat Add(PairFloat a, PairFloat b)
    {
        PairFloat s = Sum(a.High, b.High);
        return Normalize(s.High, s.Low + (a.Low + b.Low));
    }

    private static PairFloat Multiply(PairFloat a, PairFloat b)
    {
        PairFloat p = Product(a.High, b.High);
        return Normalize(p.High, MultiplyAdd(a.High, b.Low, MultiplyAdd(a.Low, b.High, p.Low)));
    }

    private static PairFloat Multiply(PairFloat a, float b)
    {
        PairFloat p = Product(a.High, b);
        return Normalize(p.High, MultiplyAdd(a.Low, b, p.Low));
    }

    private static PairFloat Divide(PairFloat a, PairFloat b)
    {
        float quotient = a.High / b.High;
        float rest = MultiplyAdd(-quotient, b.High, a.High) + MultiplyAdd(-quotient, b.Low, a.Low);
        return Normalize(quotient, rest / b.High);
    }

    private static PairFloat Normalize(float high, float low)
    {
        float s = high + low;
        return new PairFloat { High = s, Low = (high - s) + low };
    }

    private struct PairFloat
    {
        public float High, Low;
    }
}
