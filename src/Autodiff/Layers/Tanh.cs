using System.Numerics;

namespace Autodiff;

/// <summary>The hyperbolic tangent, as a layer. See <see cref="Ops.Tanh{T}(Tensor{T})"/>.</summary>
public sealed class Tanh<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Tanh();
}
