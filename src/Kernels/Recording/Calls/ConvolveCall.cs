using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Convolve{T}"/>.</summary>
internal struct ConvolveCall<T>(View<T> x, View<T> weight, View<T>? bias, View<T> y, SlidingWindow vertical, SlidingWindow horizontal) : IKernelCall<ConvolveCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<T> Weight = weight;
    public View<T>? Bias = bias;
    public View<T> Y = y;
    public SlidingWindow Vertical = vertical;
    public SlidingWindow Horizontal = horizontal;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.ConvolveCore(X, Weight, Bias, Y, Vertical, Horizontal);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Read(ref Weight);
        if (Bias is { } bias)
        {
            visitor.Read(ref bias);
            Bias = bias;
        }

        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in ConvolveCall<T> other)
    {
    }
}
