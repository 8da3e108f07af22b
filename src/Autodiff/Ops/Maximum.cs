using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The larger of two numbers, elementwise: y = max(a, b); NaN if either is. Derivative: 1 for the larger, ½ for each of equals (as in PyTorch).</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> Maximum<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Maximum", a, b, new Kernels.Elementwise.Maximum<T>(), (gradient, _) => GradientOfLarger(gradient, a, b), (gradient, _) => GradientOfLarger(gradient, b, a));

    // The gradient where a > b, half of it where they are equal, 0 where a < b; linear in the gradient, constant in a and b but for jumps.
    private static Tensor<T> GradientOfLarger<T>(Tensor<T> gradient, Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tape.Record("MaximumGradient", RunTernary("MaximumGradient", gradient, a, b, new Kernels.Elementwise.MaximumGradient<T>(T.One / (T.One + T.One))),
            new Input<T>(gradient, (g, _) => GradientOfLarger(g, a, b)));
}
