using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>An Adam step; see <see cref="AdamStep"/>. The moments are the running quantities.</summary>
internal readonly struct AdamUpdate<T>(in AdamStep step) : IOptimizerUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DecaysGradient = 1;
    private const int DecaysParameter = 2;

    // 1 - β₁, β₂ and 1 - β₂.
    private readonly T _firstRate = Scalar.Of<T>(1 - step.Beta1);
    private readonly T _secondDecay = Scalar.Of<T>(step.Beta2);
    private readonly T _secondRate = Scalar.Of<T>(1 - step.Beta2);

    // η / (1 - β₁ᵗ), √(1 - β₂ᵗ) and ε.
    private readonly T _stepSize = Scalar.Of<T>(step.StepSize);
    private readonly T _correction = Scalar.Of<T>(step.SecondMomentCorrection);
    private readonly T _epsilon = Scalar.Of<T>(step.Epsilon);

    // λ, or 1 - ηλ where the decay is decoupled.
    private readonly T _decay = Scalar.Of<T>(step.Decoupled ? 1 - step.LearningRate * step.WeightDecay : step.WeightDecay);
    private readonly int _decays = step.WeightDecay == 0 ? 0 : step.Decoupled ? DecaysParameter : DecaysGradient;

    /// <inheritdoc/>
    public static int States => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref T parameter, T gradient, ref T first, ref T second)
    {
        if (_decays == DecaysGradient)
        {
            gradient += _decay * parameter;
        }
        else if (_decays == DecaysParameter)
        {
            parameter *= _decay;
        }

        first += _firstRate * (gradient - first);
        second = _secondDecay * second + _secondRate * gradient * gradient;
        parameter -= _stepSize * first / (T.Sqrt(second) / _correction + _epsilon);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref Vector256<T> parameter, Vector256<T> gradient, ref Vector256<T> first, ref Vector256<T> second)
    {
        if (_decays == DecaysGradient)
        {
            gradient += _decay * parameter;
        }
        else if (_decays == DecaysParameter)
        {
            parameter *= _decay;
        }

        first += _firstRate * (gradient - first);
        second = _secondDecay * second + _secondRate * gradient * gradient;
        parameter -= _stepSize * first / (Vector256.Sqrt(second) / Vector256.Create(_correction) + Vector256.Create(_epsilon));
    }
}
