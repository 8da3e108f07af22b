using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// Ratio of modified Bessel functions of the first kind, elementwise: y = I₁(x) / I₀(x), in (-1, 1). It is the length of the mean of unit vectors that are von Mises distributed with
    /// concentration x. Derivative: dy/dx = 1 - y / x - y², which is 1/2 at 0.
    /// </summary>
    /// <param name="x">Any shape, any sign: the function is odd.</param>
    /// <remarks>Source: Mardia and Jupp, Directional Statistics (2000), appendix 1. The derivative cancels to about 1 / (2x²) where |x| is large; its absolute error stays that of rounding.</remarks>
    public static Tensor<T> BesselRatio<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("BesselRatio", x, new Kernels.Elementwise.BesselRatio<T>(), (gradient, y) => gradient * (T.One - y.OverArgument(x) - y * y));

    // y / x, and its limit 1/2 where x is 0.
    private static Tensor<T> OverArgument<T>(this Tensor<T> y, Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> isZero = x.EqualTo(T.Zero);
        return isZero.Where(T.One / (T.One + T.One), y / isZero.Where(T.One, x));
    }
}
