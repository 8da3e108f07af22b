using System.Numerics;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Cross-entropy of two classes, L = -t ln σ(x) - (1 - t) ln(1 - σ(x)) = t ln(1 + e⁻ˣ) + (1 - t) ln(1 + eˣ), reduced; exact for logits
    /// of any size.
    /// Derivative: dL/dx = σ(x) - t, over the number of elements for the mean.
    /// </summary>
    /// <param name="logits">The logits x: log-odds, not probabilities.</param>
    /// <param name="target">The probability t of the first class, 0 or 1 or between, of the same shape (it does not broadcast: that hides
    /// mistakes).</param>
    /// <param name="reduction">The mean, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes or the devices differ.</exception>
    public static Tensor<T> BinaryCrossEntropyWithLogits<T>(Tensor<T> logits, Tensor<T> target, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SameShape("BinaryCrossEntropyWithLogits", logits, target);
        return Reduced(target * (-logits).Softplus() + (T.One - target) * logits.Softplus(), reduction);
    }
}
