using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Squared error, L = (p - t)², reduced. Derivatives: dL/dp = 2 (p - t), dL/dt = -2 (p - t), over the number of elements for the mean.
    /// </summary>
    /// <param name="prediction">The prediction p.</param>
    /// <param name="target">The target t, of the same shape (it does not broadcast: that hides mistakes).</param>
    /// <param name="reduction">The mean, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor<T> MeanSquaredError<T>(Tensor<T> prediction, Tensor<T> target, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SameShape("MeanSquaredError", prediction, target);
        if (reduction == Reduction.None)
        {
            Tensor<T> difference = prediction - target;
            return difference * difference;
        }
        T scale = reduction == Reduction.Mean ? T.One / T.CreateChecked(prediction.Count) : T.One, two = T.One + T.One;
        View<T> loss = Tape.Rent<T>(prediction.Device, []);
        prediction.Device.SquaredError(prediction.View, target.View, loss, scale);
        return Tape.Record("MeanSquaredError", loss,
            new Input<T>(prediction, (gradient, _) => Ops.SquaredErrorGradient(prediction, target, gradient, two * scale)),
            new Input<T>(target, (gradient, _) => Ops.SquaredErrorGradient(target, prediction, gradient, two * scale)));
    }
}
