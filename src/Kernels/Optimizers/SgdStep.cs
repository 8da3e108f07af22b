using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A step of gradient descent, θ - η(g + λθ).</summary>
/// <param name="learningRate">The learning rate η.</param>
/// <param name="weightDecay">The weight decay λ.</param>
public readonly struct SgdStep<T>(T learningRate, T weightDecay) : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _learningRate = learningRate;
    private readonly T _weightDecay = weightDecay;

    /// <inheritdoc/>
    public T Invoke(T parameter, T gradient) => parameter - _learningRate * (gradient + _weightDecay * parameter);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> parameter, Vector256<T> gradient) =>
        parameter - Vector256.Create(_learningRate) * (gradient + Vector256.Create(_weightDecay) * parameter);
}
