using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Limits to an interval, elementwise: y = min(max(x, low), high); NaN stays NaN. Derivative: 1 inside and on the bounds, 0 outside (as in PyTorch).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="low">The lower bound; -∞ for none.</param>
    /// <param name="high">The upper bound; ∞ for none.</param>
    /// <exception cref="ArgumentException">A bound is NaN, or the lower one is above the upper one.</exception>
    public static Tensor<T> Clip<T>(this Tensor<T> x, T low, T high)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(low <= high))
        {
            throw new ArgumentException($"Clip: the bounds are {low} and {high}; the lower must not be above the upper, and neither NaN. Use infinity for no bound.");
        }

        return Unary("Clip", x, new Kernels.Elementwise.Clip<T>(low, high), (gradient, _) => Gate("ClipGradient", gradient, x, new Kernels.Elementwise.ClipGradient<T>(low, high)));
    }
}
