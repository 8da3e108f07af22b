namespace Kernels.Tests;

/// <summary>The largest errors of a function of floats, in units of the last place, and where they are.</summary>
internal sealed class SingleScanResult
{
    /// <summary>The arguments.</summary>
    public long Count { get; private set; }

    /// <summary>The largest error of the vector body where the exact value is a normal number or overflows, and where it is.</summary>
    public (double Ulps, float At) Vector { get; private set; }

    /// <summary>The largest error of the vector body where the exact value is smaller, in steps of 2⁻¹⁴⁹, and where it is.</summary>
    public (double Ulps, float At) Subnormal { get; private set; }

    /// <summary>The largest error of the scalar body, and where it is.</summary>
    public (double Ulps, float At) Scalar { get; private set; }

    /// <summary>The most floats by which the two bodies differ, and where.</summary>
    public (double Ulps, float At) Apart { get; private set; }

    /// <summary>
    /// Where the vector body loses or makes a NaN or an infinity, or a zero has the other sign, or bits depend on the width of the vector or
    /// on what else is in it.
    /// </summary>
    public List<float> Wrong { get; } = [];

    /// <summary>The share of arguments whose result of the vector body is the float next to the exact value.</summary>
    public double Rounded => (double)_rounded / Count;

    private long _rounded;

    /// <summary>Takes arguments into account whose results are the floats next to the exact values.</summary>
    public void AddRounded(int count)
    {
        Count += count;
        _rounded += count;
    }

    /// <summary>Notes an argument whose result is wrong; the first hundred are kept.</summary>
    public void AddWrong(float x)
    {
        if (Wrong.Count < 100)
        {
            Wrong.Add(x);
        }
    }

    /// <summary>Takes the values at one argument into account.</summary>
    public void Add(float x, float vector, float scalar, double exact)
    {
        Count++;
        float nearest = (float)exact;
        if (vector.Equals(nearest))
        {
            _rounded++;
        }

        if (float.IsNaN(vector) != float.IsNaN(nearest) || (nearest == 0 && exact == 0 && float.IsNegative(vector) != double.IsNegative(exact)))
        {
            AddWrong(x);
            return;
        }
        if (float.IsNaN(nearest))
        {
            return;
        }

        double error = Ulps(vector, exact);
        if (Math.Abs(exact) >= 1.1754943508222875e-38)
        {
            Vector = Larger(Vector, (error, x));
        }
        else
        {
            Subnormal = Larger(Subnormal, (error, x));
        }

        Scalar = Larger(Scalar, (Ulps(scalar, exact), x));
        Apart = Larger(Apart, (Math.Abs((double)Order(vector) - Order(scalar)), x));
    }

    /// <summary>Adds what another scan found.</summary>
    public void Add(SingleScanResult other)
    {
        Count += other.Count;
        _rounded += other._rounded;
        Vector = Larger(Vector, other.Vector);
        Subnormal = Larger(Subnormal, other.Subnormal);
        Scalar = Larger(Scalar, other.Scalar);
        Apart = Larger(Apart, other.Apart);
        Wrong.AddRange(other.Wrong.Take(100 - Math.Min(100, Wrong.Count)));
    }

    public override string ToString() =>
        $"{Count} arguments: at most {Vector.Ulps:F3} ulp at {Vector.At:R}; {Subnormal.Ulps:F3} at {Subnormal.At:R} below the normal numbers; "
        + $"{Rounded:P2} correctly rounded; scalar body {Scalar.Ulps:F3} at {Scalar.At:R}; {Apart.Ulps} floats apart at {Apart.At:R}; "
        + $"{Wrong.Count} otherwise wrong{(Wrong.Count > 0 ? $", as at {Wrong[0]:R}" : "")}";

    private static (double Ulps, float At) Larger((double Ulps, float At) a, (double Ulps, float At) b) =>
        b.Ulps > a.Ulps || (b.Ulps == a.Ulps && b.Ulps > 0 && Order(b.At) < Order(a.At)) ? b : a;

    /// <summary><see cref="Bits.Ulps(float, double)"/>, faster, for numbers.</summary>
    private static double Ulps(float actual, double exact)
    {
        if (float.IsInfinity(actual) || Math.Abs(exact) > float.MaxValue)
        {
            return actual == (float)exact ? 0 : double.PositiveInfinity;
        }

        long exponent = (BitConverter.DoubleToInt64Bits(exact) >> 52) & 0x7FF;
        double unit = BitConverter.Int64BitsToDouble(Math.Max(exponent - 23, 1023 - 149) << 52);
        return Math.Abs(actual - exact) / unit;
    }

    /// <summary>Numbers the floats in their order.</summary>
    private static long Order(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        return bits >= 0 ? bits : -(long)(bits & int.MaxValue);
    }
}
