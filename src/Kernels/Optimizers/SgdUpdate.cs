using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A step of gradient descent without momentum; see <see cref="SgdStep"/>.</summary>
internal readonly struct SgdUpdate<T>(in SgdStep step) : IOptimizerUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _learningRate = Scalar.Of<T>(step.LearningRate);
    private readonly T _weightDecay = Scalar.Of<T>(step.WeightDecay);
    private readonly int _decays = step.WeightDecay != 0 ? 1 : 0;

    /// <inheritdoc/>
    public static int States => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref T parameter, T gradient, ref T first, ref T second)
    {
        if (_decays != 0)
        {
            gradient += _weightDecay * parameter;
        }

        parameter -= _learningRate * gradient;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(ref Vector256<T> parameter, Vector256<T> gradient, ref Vector256<T> first, ref Vector256<T> second)
    {
        if (_decays != 0)
        {
            gradient += _weightDecay * parameter;
        }

        parameter -= _learningRate * gradient;
    }
}
