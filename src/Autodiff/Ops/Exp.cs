using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Exponential, elementwise: y = eˣ. Derivative: dy/dx = y.</summary>
    public static Tensor<T> Exp<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Exp", x, new Kernels.Elementwise.Exp<T>(), (gradient, y) => gradient * y);
}
