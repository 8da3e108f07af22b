using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Cosine of an angle in radians, elementwise: y = cos x. Derivative: dy/dx = -sin x.</summary>
    public static Tensor<T> Cos<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Cos", x, new Kernels.Elementwise.Cos<T>(), (gradient, _) => -(gradient * x.Sin()));
}
