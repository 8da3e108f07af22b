using System.Numerics;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Huber's loss (1964), for d = p - t: L = d² / 2 where |d| ≤ δ, else δ (|d| - δ / 2), reduced. Derivatives: dL/dp = d limited to [-δ,
    /// δ] = -dL/dt.
    /// </summary>
    /// <param name="prediction">The prediction p.</param>
    /// <param name="target">The target t, of the same shape (it does not broadcast: that hides mistakes).</param>
    /// <param name="delta">Where the square becomes a line, δ.</param>
    /// <param name="reduction">The mean, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes or the devices differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive and finite.</exception>
    public static Tensor<T> Huber<T>(Tensor<T> prediction, Tensor<T> target, double delta = 1, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SameShape("Huber", prediction, target);
        if (!(delta > 0 && double.IsFinite(delta)))
        {
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber: delta must be positive and finite; for a line alone use "
                + "L1, for a square alone MeanSquaredError.");
        }

        T bound = T.CreateChecked(delta);
        Tensor<T> difference = prediction - target, limited = difference.Clip(-bound, bound);
        return Reduced(limited * (difference - limited * T.CreateChecked(0.5)), reduction);
    }
}
