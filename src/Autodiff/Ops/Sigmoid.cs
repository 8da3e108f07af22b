using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Logistic sigmoid, elementwise: y = 1 / (1 + e⁻ˣ). Derivative: dy/dx = y (1 - y).</summary>
    public static Tensor<T> Sigmoid<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Sigmoid", x, new Kernels.Elementwise.Sigmoid<T>(), (gradient, y) => gradient * y * (T.One - y));
}
