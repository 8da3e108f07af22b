using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A step of gradient descent with momentum, plain or Nesterov's; see <see cref="SgdStep"/>. The velocity is the first running quantity.</summary>
internal readonly struct MomentumUpdate<T>(in SgdStep step) : IOptimizerUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _learningRate = Scalar.Of<T>(step.LearningRate);
    private readonly T _momentum = Scalar.Of<T>(step.Momentum);
    private readonly T _weightDecay = Scalar.Of<T>(step.WeightDecay);
    private readonly int _looksAhead = step.Nesterov ? 1 : 0;
    private readonly int _decays = step.WeightDecay != 0 ? 1 : 0;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref T parameter, T gradient, ref T first, ref T second)
    {
        if (_decays != 0)
        {
            gradient += _weightDecay * parameter;
        }

        T velocity = _momentum * first + gradient;
        first = velocity;
        if (_looksAhead != 0)
        {
            velocity = gradient + _momentum * velocity;
        }

        parameter -= _learningRate * velocity;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref Vector256<T> parameter, Vector256<T> gradient, ref Vector256<T> first, ref Vector256<T> second)
    {
        if (_decays != 0)
        {
            gradient += _weightDecay * parameter;
        }

        Vector256<T> velocity = _momentum * first + gradient;
        first = velocity;
        if (_looksAhead != 0)
        {
            velocity = gradient + _momentum * velocity;
        }

        parameter -= _learningRate * velocity;
    }
}
