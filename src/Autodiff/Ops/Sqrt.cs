using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Square root, elementwise: y = √x; NaN below 0. Derivative: dy/dx = 1 / (2y), ∞ at 0.</summary>
    public static Tensor<T> Sqrt<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Sqrt", x, new Kernels.Elementwise.Sqrt<T>(), (gradient, y) => gradient / (y * (T.One + T.One)));
}
