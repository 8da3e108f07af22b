using System.Numerics;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Negative log-likelihood of classes, L = -lₖ for the right class k of each sample, reduced. Derivative: dL/dlⱼ = -δⱼₖ, over the
    /// number of samples for the mean.
    /// </summary>
    /// <param name="logProbabilities">The log-probabilities l, [samples, classes], as <see cref="Ops.LogSoftmax{T}"/> gives them.</param>
    /// <param name="classes">The class of each sample, [samples], from 0.</param>
    /// <param name="reduction">The mean over samples, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a class is not among those of
    /// <paramref name="logProbabilities"/>.</exception>
    public static Tensor<T> NegativeLogLikelihood<T>(Tensor<T> logProbabilities, Indices classes, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OneClassPerRow("NegativeLogLikelihood", logProbabilities, classes);
        Tensor<T> picked = logProbabilities.Gather(classes.Reshape([classes.Count, 1]), axis: 1);
        return Reduced(-picked.Reshape([classes.Count]), reduction);
    }
}
