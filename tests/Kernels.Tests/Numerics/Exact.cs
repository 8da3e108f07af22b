using System.Numerics;

namespace Kernels.Tests;

/// <summary>Elementary functions in fixed point with 300 bits after the point: the reference for doubles.</summary>
internal static class Exact
{
    private const int Precision = 300;

    private static readonly BigInteger One = BigInteger.One << Precision;

    private static readonly BigInteger Ln2 = 2 * ArTanh(One / 3);

    private static readonly BigInteger Pi = (16 * ArcTanOfInverse(5)) - (4 * ArcTanOfInverse(239));

    public static (double Value, double Remainder) Exp(double x) => Split(Exp(Fixed(x)));

    public static (double Value, double Remainder) Expm1(double x) => Split(Exp(Fixed(x)) - One);

    public static (double Value, double Remainder) Log(double x) => Split(Log(Fixed(x)));

    public static (double Value, double Remainder) Log1p(double x) => Split(Log(One + Fixed(x)));

    public static (double Value, double Remainder) Softplus(double x) => Split(Log(One + Exp(Fixed(x))));

    public static (double Value, double Remainder) Sigmoid(double x) => Split((One << Precision) / (One + Exp(-Fixed(x))));

    public static (double Value, double Remainder) Tanh(double x)
    {
        BigInteger e = Exp(2 * Fixed(x));
        return Split(((e - One) << Precision) / (e + One));
    }

    public static (double Value, double Remainder) Sin(double x) => Split(Sine(Fixed(x)));

    public static (double Value, double Remainder) Cos(double x) => Split(Sine(Fixed(x) + Pi / 2));

    /// <summary>The Taylor series of erf, whose terms cancel: the 300 bits leave enough for |x| up to 6.</summary>
    public static (double Value, double Remainder) Erf(double x)
    {
        BigInteger z = Fixed(x), square = (z * z) >> Precision, power = z, sum = z;
        for (int n = 1; !power.IsZero && n < 2000; n++)
        {
            power = ((-power * square) >> Precision) / n;
            sum += power / (2 * n + 1);
        }
        return Split((2 * sum << Precision) / Root(Pi));
    }

    private static BigInteger Root(BigInteger x)
    {
        BigInteger scaled = x << Precision, root = One << 2;
        for (int i = 0; i < 400; i++)
        {
            BigInteger next = (root + scaled / root) >> 1;
            if (BigInteger.Abs(next - root) <= 1)
            {
                break;
            }

            root = next;
        }
        return root;
    }

    private static BigInteger Fixed(double x)
    {
        if (x == 0)
        {
            return BigInteger.Zero;
        }

        int exponent = Math.ILogB(x) - 52;
        var mantissa = new BigInteger(Math.ScaleB(x, -exponent));
        return exponent + Precision >= 0 ? mantissa << (exponent + Precision) : mantissa >> -(exponent + Precision);
    }

    private static BigInteger Exp(BigInteger x)
    {
        int n = (int)BigInteger.Divide(x, Ln2);
        BigInteger r = x - n * Ln2, term = One, sum = One;
        for (int i = 1; !term.IsZero && i < 400; i++)
        {
            term = ((term * r) >> Precision) / i;
            sum += term;
            if (BigInteger.Abs(term) <= 1)
            {
                break;
            }
        }
        return n >= 0 ? sum << n : sum >> -n;
    }

    /// <summary>The Taylor series of the sine after whole turns are taken away.</summary>
    private static BigInteger Sine(BigInteger x)
    {
        BigInteger r = x - ((2 * x + 2 * Pi) / (4 * Pi) * (2 * Pi)), square = (r * r) >> Precision, term = r, sum = r;
        for (int i = 2; !term.IsZero && i < 400; i += 2)
        {
            term = ((-term * square) >> Precision) / (i * (i + 1));
            sum += term;
            if (BigInteger.Abs(term) <= 1)
            {
                break;
            }
        }
        return sum;
    }

    private static BigInteger Log(BigInteger x)
    {
        int k = (int)(x.GetBitLength() - Precision - 1);
        BigInteger m = k >= 0 ? x >> k : x << -k;
        return k * Ln2 + 2 * ArTanh(((m - One) << Precision) / (m + One));
    }

    private static BigInteger ArTanh(BigInteger x)
    {
        BigInteger square = (x * x) >> Precision, power = x, sum = x;
        for (int n = 3; BigInteger.Abs(power) > 1; n += 2)
        {
            power = (power * square) >> Precision;
            sum += power / n;
        }
        return sum;
    }

    private static BigInteger ArcTanOfInverse(int x)
    {
        BigInteger power = One / x, sum = power;
        for (int n = 3, sign = -1; !power.IsZero; n += 2, sign = -sign)
        {
            power /= x * x;
            sum += sign * power / n;
        }
        return sum;
    }

    private static (double Value, double Remainder) Split(BigInteger x)
    {
        double value = ToDouble(x);
        return (value, ToDouble(x - Fixed(value)));
    }

    private static double ToDouble(BigInteger x)
    {
        if (x.IsZero)
        {
            return 0;
        }

        int shift = (int)Math.Max(0, BigInteger.Abs(x).GetBitLength() - 64);
        return Math.ScaleB((double)(x >> shift), shift - Precision);
    }
}
