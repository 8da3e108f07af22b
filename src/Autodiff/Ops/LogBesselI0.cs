using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// Logarithm of the modified Bessel function of the first kind of order 0, elementwise: y = ln I₀(x), which neither overflows nor loses small x. It is what normalizes the von Mises
    /// distribution of concentration x. Derivative: dy/dx = I₁(x) / I₀(x), <see cref="BesselRatio{T}"/>.
    /// </summary>
    /// <param name="x">Any shape, any sign: the function is even.</param>
    public static Tensor<T> LogBesselI0<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("LogBesselI0", x, new Kernels.Elementwise.LogBesselI0<T>(), (gradient, _) => gradient * x.BesselRatio());
}
