using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The angle of the point (x, y) in radians, elementwise, in (-π, π]. Derivatives, with r² = x² + y²: x / r² with respect to y, -y / r² with respect to x.</summary>
    /// <param name="y">The ordinates (the sines); any shape.</param>
    /// <param name="x">The abscissas (the cosines); a shape that broadcasts with that of <paramref name="y"/>.</param>
    /// <remarks>At the origin the derivatives are NaN, as in PyTorch.</remarks>
    public static Tensor<T> Atan2<T>(this Tensor<T> y, Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Atan2", y, x, new Kernels.Atan2<T>(),
            (gradient, _) => gradient * (x / (x * x + y * y)),
            (gradient, _) => -(gradient * (y / (x * x + y * y))));
}
