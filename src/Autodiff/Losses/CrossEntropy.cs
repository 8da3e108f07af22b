using System.Numerics;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Cross-entropy of many classes, L = -ln softmax(x)ₖ for the right class k of each sample, reduced. Derivative: dL/dxⱼ = softmax(x)ⱼ -
    /// δⱼₖ, over the number of samples for the mean.
    /// </summary>
    /// <param name="logits">The logits x, [samples, classes]: unnormalized, no soft-max before.</param>
    /// <param name="classes">The class of each sample, [samples], from 0.</param>
    /// <param name="reduction">The mean over samples, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a class is not among those of <paramref name="logits"/>.</exception>
    public static Tensor<T> CrossEntropy<T>(Tensor<T> logits, Indices classes, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OneClassPerRow("CrossEntropy", logits, classes);
        return Reduced(Ops.CrossEntropy(logits, classes.Reshape([classes.Count, 1])).Reshape([classes.Count]), reduction);
    }
}
