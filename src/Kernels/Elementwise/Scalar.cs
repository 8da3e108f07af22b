using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Functions of one number that .NET's generic math or ILGPU lacks, in terms of those both have.</summary>
internal static class Scalar
{
    /// <summary>A number as T, for the host. (T.CreateChecked boxes until the JIT has optimized the caller.)</summary>
    public static T Of<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);

    /// <summary>ln(1 + x) without the loss of small x (Kahan's correction of the rounding of 1 + x).</summary>
    public static T Log1p<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.One + x;
        return u == T.One || u == T.PositiveInfinity ? x : T.Log(u) + (x - (u - T.One)) / u;
    }

    /// <summary>eˣ - 1 without the loss of small x (Kahan's correction of the rounding of eˣ).</summary>
    public static T Expm1<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.Exp(x);
        T d = u - T.One;
        return u == T.One ? x : d == -T.One || u == T.PositiveInfinity ? d : d * (x / T.Log(u));
    }

    /// <summary>The error function: N. Juffa's minimax polynomials in float, the rational functions of fdlibm's s_erf.c in double.</summary>
    public static unsafe T Erf<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // ILGPU does not compile typeof(T), but it does compile this.
        if (sizeof(T) == 4)
        {
            float single = DeviceMath.Convert<T, float>(x), a = single < 0 ? -single : single, s = single * single;
            if (a <= 0.927734375f)
            {
                return DeviceMath.Convert<float, T>(SmallErf(s) * single + single);
            }

            return FromComplement(x, T.Exp(DeviceMath.Convert<float, T>(ErfExponent(a, s))));
        }
        double value = DeviceMath.Convert<T, double>(x), b = value < 0 ? -value : value;
        if (b < 1.25)
        {
            return DeviceMath.Convert<double, T>(b < 0.84375 ? SmallErf(value) : MiddleErf(value));
        }
        // e^(-x²) of a rounded x times e of what the rounding left, so that x² need not be rounded.
        double rounded = b > 6 ? 6 : (float)b, clamped = b > 6 ? 6 : b;
        double first = -rounded * rounded - 0.5625, second = (rounded - clamped) * (rounded + clamped) + ErfcExponent(clamped);
        T scaled = T.Exp(DeviceMath.Convert<double, T>(first)) * T.Exp(DeviceMath.Convert<double, T>(second));
        return FromComplement(x, scaled / DeviceMath.Convert<double, T>(clamped));
    }

    /// <summary>erf x from erfc |x|; NaN for NaN.</summary>
    private static T FromComplement<T>(T x, T complement)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x > T.Zero ? T.One - complement : x < T.Zero ? complement - T.One : x;

    private static float SmallErf(float s)
    {
        float p = -5.96761703e-4f;
        p = p * s + 4.99119423e-3f;
        p = p * s - 2.67681349e-2f;
        p = p * s + 1.12819925e-1f;
        p = p * s - 3.76125336e-1f;
        return p * s + 1.28379166e-1f;
    }

    private static float ErfExponent(float a, float s)
    {
        float q = (-1.72853470e-5f * a + 3.83197126e-4f) * s + (-3.88396438e-3f * a + 2.42546219e-2f);
        q = q * a - 1.06777877e-1f;
        q = q * a - 6.34846687e-1f;
        q = q * a - 1.28717512e-1f;
        return q * a - a;
    }

    private static double SmallErf(double x)
    {
        double z = x * x;
        double r = 1.28379167095512558561e-01 + z * (-3.25042107247001499370e-01 + z * (-2.84817495755985104766e-02
            + z * (-5.77027029648944159157e-03 + z * -2.37630166566501626084e-05)));
        double s = 1 + z * (3.97917223959155352819e-01 + z * (6.50222499887672944485e-02 + z * (5.08130628187576562776e-03
            + z * (1.32494738004321644526e-04 + z * -3.96022827877536812320e-06))));
        return x + x * (r / s);
    }

    private static double MiddleErf(double x)
    {
        double s = (x < 0 ? -x : x) - 1;
        double p = -2.36211856075265944077e-03 + s * (4.14856118683748331666e-01 + s * (-3.72207876035701323847e-01
            + s * (3.18346619901161753674e-01 + s * (-1.10894694282396677476e-01
            + s * (3.54783043256182359371e-02 + s * -2.16637559486879084300e-03)))));
        double q = 1 + s * (1.06420880400844228286e-01 + s * (5.40397917702171048937e-01 + s * (7.18286544141962662868e-02
            + s * (1.26171219808761642112e-01 + s * (1.36370839120290507362e-02 + s * 1.19844998467991074170e-02)))));
        double y = 8.45062911510467529297e-01 + p / q;
        return x < 0 ? -y : y;
    }

    /// <summary>ln(x erfc x) + x² + 0.5625.</summary>
    private static double ErfcExponent(double x)
    {
        double s = 1 / (x * x);
        if (x < 1 / 0.35)
        {
            double r = -9.86494403484714822705e-03 + s * (-6.93858572707181764372e-01 + s * (-1.05586262253232909814e+01
                + s * (-6.23753324503260060396e+01 + s * (-1.62396669462573470355e+02 + s * (-1.84605092906711035994e+02
                + s * (-8.12874355063065934246e+01 + s * -9.81432934416914548592e+00))))));
            double t = 1 + s * (1.96512716674392571292e+01 + s * (1.37657754143519042600e+02 + s * (4.34565877475229228821e+02
                + s * (6.45387271733267880336e+02 + s * (4.29008140027567833386e+02 + s * (1.08635005541779435134e+02
                + s * (6.57024977031928170135e+00 + s * -6.04244152148580987438e-02)))))));
            return r / t;
        }
        double u = -9.86494292470009928597e-03 + s * (-7.99283237680523006574e-01 + s * (-1.77579549177547519889e+01
            + s * (-1.60636384855821916062e+02 + s * (-6.37566443368389627722e+02
            + s * (-1.02509513161107724954e+03 + s * -4.83519191608651397019e+02)))));
        double v = 1 + s * (3.03380607434824582924e+01 + s * (3.25792512996573918826e+02 + s * (1.53672958608443695994e+03
            + s * (3.19985821950859553908e+03 + s * (2.55305040643316442583e+03
            + s * (4.74528541206955367215e+02 + s * -2.24409524465858183362e+01))))));
        return u / v;
    }
}
