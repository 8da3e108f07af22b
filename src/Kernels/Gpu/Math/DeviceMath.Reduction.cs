using ILGPU;

namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>Cody and Waite's reduction in three parts of π/2 for |x| below 10⁵, Payne and Hanek's beyond; NaN for what is not finite.</summary>
    private static QuarterTurns<float> Reduce(float x)
    {
        float a = Abs(x);
        if (a >= 100000f)
        {
            return ReduceLarge(x, a);
        }

        int n = Round(x * 0.636619772f);
        float q = n;
        float r = MultiplyAdd(q, -1.57079637f, x);
        r = MultiplyAdd(q, 4.37113883e-8f, r);
        r = MultiplyAdd(q, 1.71512451e-15f, r);
        return new QuarterTurns<float> { Count = n, Rest = r };
    }

    private static QuarterTurns<float> ReduceLarge(float x, float a)
    {
        if (float.IsNaN(a) || a == float.PositiveInfinity)
        {
            return new QuarterTurns<float> { Rest = float.NaN };
        }

        uint bits = Interop.FloatAsInt(a);
        ulong mantissa = (bits & 0x7fffffu) | 0x800000u;
        // a = mantissa 2^e; the bits of 2/π before place e - 1 give multiples of four quarter turns.
        int place = (int)(bits >> 23) - 150 - 1 + 31;
        int word = place >> 5, shift = place & 31;
        ulong w0 = Window(word, shift), w1 = Window(word + 1, shift), w2 = Window(word + 2, shift);
        // The product modulo 2^96: two bits of quarter turns, then the fraction.
        ulong low = mantissa * w2;
        ulong middle = mantissa * w1 + (low >> 32);
        ulong high = (mantissa * w0 + (middle >> 32)) << 32 | (middle & 0xffffffffUL);
        int count = (int)(high >> 62);
        // The fraction in units of 2^-63, signed, so that rounding it to float cannot overflow.
        long fraction = (long)(high << 2) >> 1;
        if (fraction < 0)
        {
            count++;
        }

        const float Unit = 1.7030608374352613e-19f, UnitTail = -4.7391982142838694e-27f;
        float h = fraction;
        float rest = (float)(fraction - (long)h);
        float r = MultiplyAdd(h, Unit, MultiplyAdd(h, UnitTail, rest * Unit));
        bool isNegative = x < 0f;
        return new QuarterTurns<float> { Count = isNegative ? -count : count, Rest = isNegative ? -r : r };
    }

    private static QuarterTurns<double> Reduce(double x)
    {
        double a = Abs(x);
        if (a >= 100000000.0)
        {
            return ReduceLarge(x, a);
        }

        int n = Round(x * 0.63661977236758134);
        double q = n;
        double r = MultiplyAdd(q, -1.5707963267948966, x);
        // π/2 beyond double, in two parts; the sum is kept as rest and tail.
        double w = q * 6.123233995736766e-17;
        double rest = r - w;
        double tail = (r - rest) - w;
        tail -= MultiplyAdd(q, 6.123233995736766e-17, -w);
        tail = MultiplyAdd(q, 1.4973849048591698e-33, tail);
        return new QuarterTurns<double> { Count = n, Rest = rest, Tail = tail };
    }

    private static QuarterTurns<double> ReduceLarge(double x, double a)
    {
        if (double.IsNaN(a) || a == double.PositiveInfinity)
        {
            return new QuarterTurns<double> { Rest = double.NaN };
        }

        ulong bits = Interop.FloatAsInt(a);
        ulong mantissa = (bits & 0xfffffffffffffUL) | 0x10000000000000UL;
        int place = (int)(bits >> 52) - 1075 - 1 + 31;
        int word = place >> 5, shift = place & 31;
        ulong m0 = mantissa & 0xffffffffUL, m1 = mantissa >> 32;
        ulong w0 = Window(word, shift), w1 = Window(word + 1, shift), w2 = Window(word + 2, shift);
        ulong w3 = Window(word + 3, shift), w4 = Window(word + 4, shift), w5 = Window(word + 5, shift);
        // The product modulo 2^192 in words of 32 bits, its lowest one left away.
        ulong c = (m0 * w5 >> 32) + (m0 * w4 & 0xffffffffUL) + (m1 * w5 & 0xffffffffUL);
        c = (c >> 32) + (m0 * w4 >> 32) + (m1 * w5 >> 32) + (m0 * w3 & 0xffffffffUL) + (m1 * w4 & 0xffffffffUL);
        ulong p3 = c & 0xffffffffUL;
        c = (c >> 32) + (m0 * w3 >> 32) + (m1 * w4 >> 32) + (m0 * w2 & 0xffffffffUL) + (m1 * w3 & 0xffffffffUL);
        ulong p2 = c & 0xffffffffUL;
        c = (c >> 32) + (m0 * w2 >> 32) + (m1 * w3 >> 32) + (m0 * w1 & 0xffffffffUL) + (m1 * w2 & 0xffffffffUL);
        ulong p1 = c & 0xffffffffUL;
        c = (c >> 32) + (m0 * w1 >> 32) + (m1 * w2 >> 32) + (m0 * w0 & 0xffffffffUL) + (m1 * w1 & 0xffffffffUL);
        ulong p0 = c & 0xffffffffUL;
        ulong high = p0 << 32 | p1, low = p2 << 32 | p3;
        int count = (int)(high >> 62);
        // The fraction in units of 2^-63, signed, so that rounding it to double cannot overflow.
        long whole = (long)(high << 2 | low >> 62) >> 1;
        if (whole < 0)
        {
            count++;
        }
        // The top 63 bits of what is left, in units of 2^-63 of that.
        long part = (long)low & 0x7fffffffffffffffL;
        double h = whole;
        double rest = (double)(whole - (long)h) + (double)part * 1.0842021724855044e-19;
        const double Unit = 1.7030607900432772e-19, UnitTail = 6.638823600814898e-36;
        double r = h * Unit;
        double tail = MultiplyAdd(h, Unit, -r) + h * UnitTail + rest * Unit;
        double sum = r + tail;
        double left = (r - sum) + tail;
        bool isNegative = x < 0.0;
        return new QuarterTurns<double> { Count = isNegative ? -count : count, Rest = isNegative ? -sum : sum, Tail = isNegative ? -left : left };
    }

    /// <summary>32 bits of 2/π from a word and a shift on.</summary>
    private static ulong Window(int word, int shift) => (TwoOverPi(word) << shift | TwoOverPi(word + 1) >> (32 - shift)) & 0xffffffffUL;

    /// <summary>Word i of 2/π after one word of zeros, 32 bits each.</summary>
    private static ulong TwoOverPi(int i)
    {
        switch (i)
        {
            case 1:
                return 0xa2f9836eUL;
            case 2:
                return 0x4e441529UL;
            case 3:
                return 0xfc2757d1UL;
            case 4:
                return 0xf534ddc0UL;
            case 5:
                return 0xdb629599UL;
            case 6:
                return 0x3c439041UL;
            case 7:
                return 0xfe5163abUL;
            case 8:
                return 0xdebbc561UL;
            case 9:
                return 0xb7246e3aUL;
            case 10:
                return 0x424dd2e0UL;
            case 11:
                return 0x06492eeaUL;
            case 12:
                return 0x09d1921cUL;
            case 13:
                return 0xfe1deb1cUL;
            case 14:
                return 0xb129a73eUL;
            case 15:
                return 0xe88235f5UL;
            case 16:
                return 0x2ebb4484UL;
            case 17:
                return 0xe99c7026UL;
            case 18:
                return 0xb45f7e41UL;
            case 19:
                return 0x3991d639UL;
            case 20:
                return 0x835339f4UL;
            case 21:
                return 0x9c845f8bUL;
            case 22:
                return 0xbdf9283bUL;
            case 23:
                return 0x1ff897ffUL;
            case 24:
                return 0xde05980fUL;
            case 25:
                return 0xef2f118bUL;
            case 26:
                return 0x5a0a6d1fUL;
            case 27:
                return 0x6d367ecfUL;
            case 28:
                return 0x27cb09b7UL;
            case 29:
                return 0x4f463f66UL;
            case 30:
                return 0x9e5fea2dUL;
            case 31:
                return 0x7527bac7UL;
            case 32:
                return 0xebe5f17bUL;
            case 33:
                return 0x3d0739f7UL;
            case 34:
                return 0x8a5292eaUL;
            case 35:
                return 0x6bfb5fb1UL;
            case 36:
                return 0x1f8d5d08UL;
            case 37:
                return 0x56033046UL;
            case 38:
                return 0xfc7b6babUL;
            case 39:
                return 0xf0cfbc20UL;
            case 40:
                return 0x9af4361dUL;
            default:
                return 0;
        }
    }
}
