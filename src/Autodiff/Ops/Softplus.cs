using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Smooth rectifier, elementwise: y = ln(1 + eˣ), exact for every x. Derivative: dy/dx = 1 / (1 + e⁻ˣ), the sigmoid.</summary>
    public static Tensor<T> Softplus<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Softplus", x, new Kernels.Elementwise.Softplus<T>(), (gradient, _) => gradient * x.Sigmoid());
}
