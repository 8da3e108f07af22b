using System.Numerics;

namespace Autodiff;

/// <summary>The leaky rectifier, x above 0 and sx below, as a layer. See <see cref="Ops.LeakyRelu{T}(Tensor{T}, T)"/>.</summary>
/// <param name="slope">The slope s below 0.</param>
public sealed class LeakyRelu<T>(double slope = 0.01) : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _slope = T.CreateChecked(slope);

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.LeakyRelu(_slope);
}
