using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.AveragePoolGradient{T}"/>.</summary>
internal struct AveragePoolGradientCall<T>(View<T> gradient, View<T> x, SlidingWindow vertical, SlidingWindow horizontal, T scale) : IKernelCall<AveragePoolGradientCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> Gradient = gradient;
    public View<T> X = x;
    public SlidingWindow Vertical = vertical;
    public SlidingWindow Horizontal = horizontal;
    public T Scale = scale;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.AveragePoolGradientCore(Gradient, X, Vertical, Horizontal, Scale);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref Gradient);
        visitor.Write(ref X);
    }

    /// <inheritdoc/>
    public readonly void Take(in AveragePoolGradientCall<T> other)
    {
    }
}
