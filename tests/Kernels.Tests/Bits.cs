using System.Numerics;

namespace Kernels.Tests;

/// <summary>Compares floating-point numbers by their bits and by units in the last place.</summary>
internal static class Bits
{
    public static bool Same<T>(T a, T b)
        where T : IFloatingPointIeee754<T> =>
        T.IsNaN(a) ? T.IsNaN(b) : a == b && T.IsNegative(a) == T.IsNegative(b);

    /// <summary>The error of a float in units of the last place of the exact value.</summary>
    public static double Ulps(float actual, double exact)
    {
        if (double.IsNaN(exact))
        {
            return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        float rounded = (float)exact;
        if (float.IsInfinity(rounded) || float.IsNaN(actual) || float.IsInfinity(actual))
        {
            return actual.Equals(rounded) ? 0 : double.PositiveInfinity;
        }

        double unit = Math.ScaleB(1, Math.Max(exact == 0 ? -149 : Math.ILogB(exact) - 23, -149));
        return Math.Abs(actual - exact) / unit;
    }

    /// <summary>The error of a double in units of the last place of the exact value, which is given as two doubles.</summary>
    public static double Ulps(double actual, double exact, double rest)
    {
        if (!double.IsFinite(exact) || !double.IsFinite(actual))
        {
            return actual.Equals(exact) ? 0 : double.PositiveInfinity;
        }

        double unit = Math.ScaleB(1, Math.Max(exact == 0 ? -1074 : Math.ILogB(exact) - 52, -1074));
        return Math.Abs(actual - exact - rest) / unit;
    }
}
