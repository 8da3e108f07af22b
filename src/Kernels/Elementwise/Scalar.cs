using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Functions of one number that .NET's generic math or ILGPU lacks, in terms of those both have.</summary>
internal static class Scalar
{
    /// <summary>ln(1 + x) without the loss of small x (Kahan's correction of the rounding of 1 + x).</summary>
    public static T Log1p<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.One + x;
        return u == T.One || u == T.PositiveInfinity ? x : T.Log(u) * (x / (u - T.One));
    }

    /// <summary>eˣ - 1 without the loss of small x (Kahan's correction of the rounding of eˣ).</summary>
    public static T Expm1<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.Exp(x);
        T d = u - T.One;
        return u == T.One ? x : d == -T.One || u == T.PositiveInfinity ? d : d * (x / T.Log(u));
    }

    /// <summary>The error function, by the Taylor series about 0 for |x| below 3 and the continued fraction of erfc beyond (Abramowitz and Stegun 7.1.6, 7.1.14).</summary>
    public static T Erf<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T a = T.Abs(x), two = T.One + T.One, three = two + T.One;
        T square = a * a, scale = T.Exp(-square) / T.Sqrt(T.Pi);
        if (a < three)
        {
            T term = two * x, sum = term, n = three;
            for (int i = 0; i < 60; i++)
            {
                term = term * (two * square / n);
                sum += term;
                n += two;
            }
            return scale * sum;
        }
        T fraction = a, k = two * three * two * two;
        for (int i = 0; i < 24; i++)
        {
            fraction = a + k / two / fraction;
            k -= T.One;
        }
        T large = a == T.PositiveInfinity ? T.One : T.One - scale / fraction;
        return T.IsNaN(x) ? x : x < T.Zero ? -large : large;
    }
}
