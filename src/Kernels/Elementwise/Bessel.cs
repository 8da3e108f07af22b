using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// Modified Bessel functions of the first kind, of one number: power series up to 20 (all terms positive, so nothing cancels), the asymptotic series beyond (Abramowitz and Stegun, 9.6.10 and
/// 9.7.1).
/// </summary>
internal static class Bessel
{
    private const int MostTerms = 60;

    /// <summary>ln I₀(x).</summary>
    public static T LogI0<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T a = T.Abs(x);
        if (a <= FirstAsymptotic<T>())
        {
            return Scalar.Log1p(Series(a, order: 0));
        }
        // Not ln 2πx, which overflows for the largest x.
        return a == T.PositiveInfinity ? a : a + T.Log(Asymptotic(a, order: 0)) - (T.Log(a) + T.Log(T.Pi + T.Pi)) / (T.One + T.One);
    }

    /// <summary>I₁(x) / I₀(x).</summary>
    public static T Ratio<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T a = T.Abs(x);
        if (a <= FirstAsymptotic<T>())
        {
            return x / (T.One + T.One) * ((T.One + Series(a, order: 1)) / (T.One + Series(a, order: 0)));
        }

        T ratio = Asymptotic(a, order: 1) / Asymptotic(a, order: 0);
        return x < T.Zero ? -ratio : ratio;
    }

    /// <summary>20. ILGPU compiles no conversion of literals to T; by way of its address, a literal would lie in local memory.</summary>
    private static T FirstAsymptotic<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.One + T.One, four = two + two;
        return four * four + four;
    }

    /// <summary>Σ (x²/4)ᵏ n! / (k! (k + n)!) from k = 1 on, for the order n: Iₙ(x) n! (2 / x)ⁿ - 1.</summary>
    private static T Series<T>(T x, int order)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = x / (T.One + T.One), square = half * half, term = T.One, sum = T.Zero, k = T.Zero, n = order == 0 ? T.Zero : T.One;
        for (int i = 0; i < MostTerms; i++)
        {
            k += T.One;
            term *= square / (k * (k + n));
            T next = sum + term;
            if (next == sum)
            {
                break;
            }

            sum = next;
        }
        return sum;
    }

    /// <summary>Iₙ(x) √(2πx) e⁻ˣ = 1 - (μ - 1) / (8x) + (μ - 1)(μ - 9) / (2! (8x)²) - ..., μ = 4n².</summary>
    private static T Asymptotic<T>(T x, int order)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T two = T.One + T.One, eight = two * two * two, mu = order == 0 ? T.Zero : two * two, term = T.One, sum = T.One, k = T.Zero;
        for (int i = 0; i < MostTerms / 2; i++)
        {
            k += T.One;
            T odd = two * k - T.One;
            term *= (odd * odd - mu) / (eight * k * x);
            T next = sum + term;
            if (next == sum)
            {
                break;
            }

            sum = next;
        }
        return sum;
    }
}
