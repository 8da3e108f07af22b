using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Natural logarithm, elementwise: y = ln x; NaN below 0, -∞ at 0. Derivative: dy/dx = 1 / x.</summary>
    public static Tensor<T> Log<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Log", x, new Kernels.Elementwise.Log<T>(), (gradient, _) => gradient / x);
}
