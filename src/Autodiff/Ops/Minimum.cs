using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The smaller of two numbers, elementwise: y = min(a, b); NaN if either is. Derivative: 1 for the smaller, ½ for each of equals (as in PyTorch).</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> Minimum<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Minimum", a, b, new Kernels.Elementwise.Minimum<T>(), (gradient, _) => GradientOfLarger(gradient, b, a), (gradient, _) => GradientOfLarger(gradient, a, b));
}
