using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Exponential linear unit, elementwise: y = x above 0, α(eˣ - 1) below. Derivative: 1 above 0, αeˣ below.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="alpha">The scale α below 0; PyTorch's default is 1.</param>
    public static Tensor<T> Elu<T>(this Tensor<T> x, T alpha)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Elu", x, new Kernels.Elementwise.Elu<T>(alpha), (gradient, _) =>
        {
            // Clipped first: e to a large x would overflow in the branch that is not chosen and poison the second derivative.
            Tensor<T> slope = x.Clip(T.NegativeInfinity, T.Zero).Exp() * alpha;
            return gradient * x.GreaterThan(T.Zero).Where(T.One, slope);
        });

    /// <summary>Exponential linear unit with α = 1, elementwise: y = x above 0, eˣ - 1 below. Derivative: 1 above 0, eˣ below.</summary>
    public static Tensor<T> Elu<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Elu(T.One);
}
