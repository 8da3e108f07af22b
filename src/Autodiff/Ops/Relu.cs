using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Rectifier, elementwise: y = max(x, 0). Derivative: 1 where x > 0, else 0 (also at 0, as in PyTorch).</summary>
    public static Tensor<T> Relu<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Relu", x, new Kernels.Relu<T>(), (gradient, _) => ReluGradient(gradient, x));

    // Linear in the gradient, constant in x but for jumps: so its own derivative is the same mask, and none flows to x.
    private static Tensor<T> ReluGradient<T>(Tensor<T> gradient, Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tape.Record("ReluGradient", RunBinary("ReluGradient", gradient, x, new Kernels.ReluGradient<T>()), new Input<T>(gradient, (g, _) => ReluGradient(g, x)));
}
