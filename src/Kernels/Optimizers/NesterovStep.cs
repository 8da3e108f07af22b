using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A step of gradient descent that looks ahead along the new velocity, θ - η((g + λθ) + μv).</summary>
/// <param name="learningRate">The learning rate η.</param>
/// <param name="momentum">The momentum μ.</param>
/// <param name="weightDecay">The weight decay λ.</param>
public readonly struct NesterovStep<T>(T learningRate, T momentum, T weightDecay) : ITernaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _learningRate = learningRate;
    private readonly T _momentum = momentum;
    private readonly T _weightDecay = weightDecay;

    /// <inheritdoc/>
    public T Invoke(T parameter, T gradient, T velocity) =>
        parameter - _learningRate * (gradient + _weightDecay * parameter + _momentum * velocity);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> parameter, Vector256<T> gradient, Vector256<T> velocity) =>
        parameter - Vector256.Create(_learningRate)
            * (gradient + Vector256.Create(_weightDecay) * parameter + Vector256.Create(_momentum) * velocity);
}
