using System.Numerics;

namespace Autodiff;

/// <summary>The logistic sigmoid, 1 / (1 + e⁻ˣ), as a layer. See <see cref="Ops.Sigmoid{T}(Tensor{T})"/>.</summary>
public sealed class Sigmoid<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Sigmoid();
}
