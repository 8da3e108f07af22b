using System.Numerics;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Absolute error, L = |p - t|, reduced. Derivatives: dL/dp = sign(p - t) = -dL/dt (0 where they are equal), over the number of
    /// elements for the mean.
    /// </summary>
    /// <param name="prediction">The prediction p.</param>
    /// <param name="target">The target t, of the same shape (it does not broadcast: that hides mistakes).</param>
    /// <param name="reduction">The mean, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes or the devices differ.</exception>
    public static Tensor<T> L1<T>(Tensor<T> prediction, Tensor<T> target, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SameShape("L1", prediction, target);
        return Reduced((prediction - target).Abs(), reduction);
    }
}
