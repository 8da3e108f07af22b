using System.Numerics;

namespace Autodiff;

/// <summary>The smooth rectifier, ln(1 + eˣ), as a layer. See <see cref="Ops.Softplus{T}(Tensor{T})"/>.</summary>
public sealed class Softplus<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Softplus();
}
