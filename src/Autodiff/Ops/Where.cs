using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Choice, elementwise: a where the mask is not 0, else b. Derivatives: 1 where the element was chosen, else 0; none flows to the mask.</summary>
    /// <param name="mask">What decides, for instance <c>x > 0</c>.</param>
    /// <param name="a">Where the mask is not 0; the three shapes broadcast.</param>
    /// <param name="b">Where the mask is 0.</param>
    public static Tensor<T> Where<T>(this Tensor<T> mask, Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tape.Record("Where", RunTernary("Where", mask, a, b, new Kernels.Elementwise.Where<T>()),
            Summed(a, (gradient, _) => mask.Where(gradient, T.Zero)),
            Summed(b, (gradient, _) => mask.Where(T.Zero, gradient)));

    /// <summary>Choice, elementwise: a where the mask is not 0, else a constant. Derivative: 1 where a was chosen, else 0.</summary>
    public static Tensor<T> Where<T>(this Tensor<T> mask, Tensor<T> a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> => mask.Where(a, Tensor.Scalar(b, mask.Device));

    /// <summary>Choice, elementwise: a constant where the mask is not 0, else b. Derivative: 1 where b was chosen, else 0.</summary>
    public static Tensor<T> Where<T>(this Tensor<T> mask, T a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> => mask.Where(Tensor.Scalar(a, mask.Device), b);
}
