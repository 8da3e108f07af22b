using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Sigmoid linear unit (swish), elementwise: y = x σ(x), with σ(x) = 1 / (1 + e⁻ˣ). Derivative: σ(x) (1 + x (1 - σ(x))).</summary>
    public static Tensor<T> Silu<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x * x.Sigmoid();
}
