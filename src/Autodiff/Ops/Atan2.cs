using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The angle of the point (x, y) in radians, elementwise, in (-π, π]. Derivatives, with r² = x² + y²: x / r² with respect to y, -y / r² with respect to x.</summary>
    /// <param name="y">The ordinates (the sines); any shape.</param>
    /// <param name="x">The abscissas (the cosines); a shape that broadcasts with that of <paramref name="y"/>.</param>
    /// <remarks>At the origin the derivatives are taken to be 0, as in PyTorch.</remarks>
    public static Tensor<T> Atan2<T>(this Tensor<T> y, Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Atan2", y, x, new Kernels.Elementwise.Atan2<T>(),
            (gradient, _) => gradient * (x / SquaredRadius(x, y)),
            (gradient, _) => -(gradient * (y / SquaredRadius(x, y))));

    // x² + y², and 1 at the origin: 0 / 1 is the 0 that is wanted there.
    private static Tensor<T> SquaredRadius<T>(Tensor<T> x, Tensor<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> square = x * x + y * y;
        return square.EqualTo(T.Zero).Where(T.One, square);
    }
}
