using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Scaling and shifting by constants, elementwise: y = αx + β. Derivative: dy/dx = α.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="alpha">The factor α.</param>
    /// <param name="beta">The summand β.</param>
    public static Tensor<T> Affine<T>(this Tensor<T> x, T alpha, T beta)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Affine", x, new Kernels.Elementwise.Affine<T>(alpha, beta), (gradient, _) => gradient * alpha);
}
