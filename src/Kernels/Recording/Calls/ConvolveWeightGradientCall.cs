using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.ConvolveWeightGradient{T}"/>.</summary>
internal struct ConvolveWeightGradientCall<T>(View<T> x, View<T> gradient, View<T> weight, SlidingWindow vertical, SlidingWindow horizontal) : IKernelCall<ConvolveWeightGradientCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<T> Gradient = gradient;
    public View<T> Weight = weight;
    public SlidingWindow Vertical = vertical;
    public SlidingWindow Horizontal = horizontal;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.ConvolveWeightGradientCore(X, Gradient, Weight, Vertical, Horizontal);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Read(ref Gradient);
        visitor.Write(ref Weight);
    }

    /// <inheritdoc/>
    public readonly void Take(in ConvolveWeightGradientCall<T> other)
    {
    }
}
