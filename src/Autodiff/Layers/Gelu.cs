using System.Numerics;

namespace Autodiff;

/// <summary>The Gaussian error linear unit, xΦ(x), as a layer. See <see cref="Ops.Gelu{T}(Tensor{T}, bool)"/>.</summary>
/// <param name="approximate">Whether the approximation by a hyperbolic tangent is used.</param>
public sealed class Gelu<T>(bool approximate = false) : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Gelu(approximate);
}
