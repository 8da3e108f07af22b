using System.Numerics;

namespace Autodiff;

/// <summary>The sigmoid linear unit (swish), xσ(x), as a layer. See <see cref="Ops.Silu{T}(Tensor{T})"/>.</summary>
public sealed class Silu<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Silu();
}
