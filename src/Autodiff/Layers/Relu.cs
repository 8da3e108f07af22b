using System.Numerics;

namespace Autodiff;

/// <summary>The rectifier, max(x, 0), as a layer. See <see cref="Ops.Relu{T}(Tensor{T})"/>.</summary>
public sealed class Relu<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Relu();
}
