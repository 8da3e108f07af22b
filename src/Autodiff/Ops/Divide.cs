using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Quotient, elementwise: y = a / b. Derivatives: dy/da = 1 / b, dy/db = -y / b.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> Divide<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Divide", a, b, new Kernels.Elementwise.Divide<T>(), (gradient, _) => gradient / b, (gradient, y) => -gradient * y / b);

    /// <summary>Each element over a constant: y = x / c, rounded once. Derivative: dy/dx = 1 / c.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="divisor">The constant c.</param>
    public static Tensor<T> Divide<T>(this Tensor<T> x, T divisor)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Divide", x, new Kernels.Elementwise.DivideBy<T>(divisor), (gradient, _) => gradient / divisor);
}
