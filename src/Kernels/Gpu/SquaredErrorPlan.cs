using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The numbers of a <see cref="SquaredErrorGradientKernel{T}"/>.</summary>
internal struct SquaredErrorPlan<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The predictions X, the targets Y and what is passed back Z.</summary>
    public Fours Fours;

    /// <summary>The factor of the sums.</summary>
    public T Scale;

    /// <summary>What is passed back of a prediction, a target and the gradient of the sum.</summary>
    public SquaredErrorGradient<T> Op;

    /// <summary>Where the sums begin, and where the gradient lies.</summary>
    public int First, Gradient;
}
