using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Sign, elementwise: y = 1 above 0, -1 below, x where it is 0 or NaN. Derivative: 0.</summary>
    public static Tensor<T> Sign<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Sign", x, new Kernels.Elementwise.Sign<T>(), (gradient, _) => Tensor.Zeros<T>(gradient.Shape, gradient.Device));
}
