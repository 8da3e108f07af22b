using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Sine of an angle in radians, elementwise: y = sin x. Derivative: dy/dx = cos x.</summary>
    public static Tensor<T> Sin<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Sin", x, new Kernels.Elementwise.Sin<T>(), (gradient, _) => gradient * x.Cos());
}
