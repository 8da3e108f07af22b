using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// What a scaled sum of squared errors passes back to the prediction: y = (p - t) g c, for the gradient g of the sum, a scalar.
    /// Derivatives: dy/dp = g c = -dy/dt, dy/dg = (p - t) c.
    /// </summary>
    /// <param name="prediction">The prediction p.</param>
    /// <param name="target">The target t, of the same shape.</param>
    /// <param name="gradient">The gradient g.</param>
    /// <param name="factor">The factor c, twice the scale of the sum.</param>
    internal static Tensor<T> SquaredErrorGradient<T>(Tensor<T> prediction, Tensor<T> target, Tensor<T> gradient, T factor)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tape.Record("SquaredErrorGradient", RunTernary("SquaredErrorGradient", prediction, target, gradient, new Kernels.Elementwise.SquaredErrorGradient<T>(factor)),
            new Input<T>(prediction, (g, _) => g * (gradient * factor)),
            new Input<T>(target, (g, _) => g * (gradient * -factor)),
            new Input<T>(gradient, (g, _) => (g * (prediction - target)).Sum() * factor));
}
