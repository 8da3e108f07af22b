using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Mask, elementwise: 1 where a ≠ b (and where either is NaN), else 0. No gradient flows through it.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> NotEqualTo<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> => Mask("NotEqualTo", a, b, new Kernels.Elementwise.NotEqual<T>());

    /// <summary>Mask, elementwise: 1 where a ≠ b (and where either is NaN), else 0. No gradient flows through it.</summary>
    public static Tensor<T> NotEqualTo<T>(this Tensor<T> a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> => a.NotEqualTo(Tensor.Scalar(b, a.Device));
}
