using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Gaussian error linear unit, elementwise: y = x Φ(x), with Φ(x) = ½ (1 + erf(x/√2)). Derivative: Φ(x) + x φ(x), with φ the normal density.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="approximate">Use y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) instead, as PyTorch does for approximate='tanh'.</param>
    /// <remarks>Source: Hendrycks and Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.</remarks>
    public static Tensor<T> Gelu<T>(this Tensor<T> x, bool approximate = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateChecked(0.5);
        if (!approximate)
        {
            return x * (x * T.CreateChecked(Math.Sqrt(0.5))).Erf().Affine(half, half);
        }

        Tensor<T> cubic = x * (x * x).Affine(T.CreateChecked(0.044715 * Math.Sqrt(2 / Math.PI)), T.CreateChecked(Math.Sqrt(2 / Math.PI)));
        return x * cubic.Tanh().Affine(half, half);
    }
}
