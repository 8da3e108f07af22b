using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Each element raised to a constant: y = xᵖ. Derivative: dy/dx = p xᵖ⁻¹; 0 for p = 0.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="exponent">The exponent p. Squares are computed as products.</param>
    public static Tensor<T> Power<T>(this Tensor<T> x, T exponent)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (exponent == T.One + T.One)
        {
            return x.Square();
        }

        return Unary("Power", x, new Kernels.Elementwise.PowerOf<T>(exponent), (gradient, _) => exponent == T.Zero
            ? Tensor.Zeros<T>(gradient.Shape, gradient.Device)
            : gradient * (x.Power(exponent - T.One) * exponent));
    }

    /// <summary>Power, elementwise: y = aᵇ. Derivatives: dy/da = b aᵇ⁻¹, dy/db = y ln a.</summary>
    /// <remarks>Where the formulas are 0 times ∞ the limit is taken, as in PyTorch: dy/da = 0 for b = 0, dy/db = 0 for a = 0 and b ≥ 0.</remarks>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that broadcasts with that of <paramref name="a"/>.</param>
    public static Tensor<T> Power<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary("Power", a, b, new Kernels.Elementwise.Power<T>(),
            (gradient, _) =>
            {
                // b aᵇ⁻¹ is smooth at b = 0 unless 1 / a overflows: only there the exponent is replaced, so that the second derivatives elsewhere stay right.
                Tensor<T> limit = b.EqualTo(T.Zero) * a.Detach().Reciprocal().Abs().EqualTo(T.PositiveInfinity);
                return gradient * (b * a.Power(limit.Where(T.Zero, b - T.One)));
            },
            (gradient, y) =>
            {
                Tensor<T> limit = a.EqualTo(T.Zero) * b.GreaterThanOrEqual(T.Zero);
                return gradient * (y * limit.Where(T.One, a).Log());
            });
}
