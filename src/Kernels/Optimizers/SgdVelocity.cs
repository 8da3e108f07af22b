using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The velocity of gradient descent with momentum, μv + (g + λθ).</summary>
/// <param name="momentum">The momentum μ.</param>
/// <param name="weightDecay">The weight decay λ.</param>
public readonly struct SgdVelocity<T>(T momentum, T weightDecay) : ITernaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _momentum = momentum;
    private readonly T _weightDecay = weightDecay;

    /// <inheritdoc/>
    public T Invoke(T velocity, T gradient, T parameter) => _momentum * velocity + (gradient + _weightDecay * parameter);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> velocity, Vector256<T> gradient, Vector256<T> parameter) =>
        Vector256.Create(_momentum) * velocity + (gradient + Vector256.Create(_weightDecay) * parameter);
}
