using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Hyperbolic tangent, elementwise: y = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ). Derivative: dy/dx = 1 - y².</summary>
    public static Tensor<T> Tanh<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Tanh", x, new Kernels.Elementwise.Tanh<T>(), (gradient, y) => gradient * (T.One - y * y));
}
