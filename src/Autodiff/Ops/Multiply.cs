using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Product, elementwise: y = ab. Derivatives: dy/da = b, dy/db = a.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> Multiply<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Multiply", a, b, new Kernels.Elementwise.Multiply<T>(), (gradient, _) => gradient * b, (gradient, _) => gradient * a);
}
