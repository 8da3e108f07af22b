using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Negation, elementwise: y = -x. Derivative: dy/dx = -1.</summary>
    public static Tensor<T> Negate<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Unary("Negate", x, new Kernels.Elementwise.Negate<T>(), (gradient, _) => -gradient);
}
