using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.ConvolveGradient{T}"/>.</summary>
internal struct ConvolveGradientCall<T>(View<T> gradient, View<T> weight, View<T> x, SlidingWindow vertical, SlidingWindow horizontal) : IKernelCall<ConvolveGradientCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> Gradient = gradient;
    public View<T> Weight = weight;
    public View<T> X = x;
    public SlidingWindow Vertical = vertical;
    public SlidingWindow Horizontal = horizontal;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.ConvolveGradientCore(Gradient, Weight, X, Vertical, Horizontal);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref Gradient);
        visitor.Read(ref Weight);
        visitor.Write(ref X);
    }

    /// <inheritdoc/>
    public readonly void Take(in ConvolveGradientCall<T> other)
    {
    }
}
