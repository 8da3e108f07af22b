using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Sum, elementwise: y = a + b. Derivatives: dy/da = 1, dy/db = 1.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> Add<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Add", a, b, new Kernels.Elementwise.Add<T>(), (gradient, _) => gradient, (gradient, _) => gradient);
}
