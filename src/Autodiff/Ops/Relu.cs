using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Rectifier, elementwise: y = max(x, 0). Derivative: 1 where x > 0, else 0 (also at 0, as in PyTorch).</summary>
    public static Tensor<T> Relu<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Relu", x, new Kernels.Elementwise.Relu<T>(), (gradient, y) => Gate("ReluGradient", gradient, y, new Kernels.Elementwise.ReluGradient<T>()));
}
