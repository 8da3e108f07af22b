using System.Numerics;

namespace Autodiff;

/// <summary>The exponential linear unit, x above 0 and α(eˣ - 1) below, as a layer. See <see cref="Ops.Elu{T}(Tensor{T}, T)"/>.</summary>
/// <param name="alpha">The scale α below 0.</param>
public sealed class Elu<T>(double alpha = 1) : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _alpha = T.CreateChecked(alpha);

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.Elu(_alpha);
}
