using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Absolute value, elementwise: y = |x|. Derivative: the sign of x (0 at 0, as in PyTorch).</summary>
    public static Tensor<T> Abs<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Abs", x, new Kernels.Elementwise.Abs<T>(), (gradient, _) => gradient * x.Sign());
}
