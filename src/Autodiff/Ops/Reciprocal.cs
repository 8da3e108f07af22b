using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>A constant over each element: y = c / x. Derivative: dy/dx = -c / x² = -y / x.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="numerator">The constant c.</param>
    public static Tensor<T> Reciprocal<T>(this Tensor<T> x, T numerator)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Reciprocal", x, new Kernels.Elementwise.Reciprocal<T>(numerator), (gradient, y) => -(gradient * (y / x)));

    /// <summary>Reciprocal, elementwise: y = 1 / x. Derivative: dy/dx = -1 / x².</summary>
    public static Tensor<T> Reciprocal<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Reciprocal(T.One);
}
