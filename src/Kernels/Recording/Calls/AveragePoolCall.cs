using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.AveragePool{T}"/>.</summary>
internal struct AveragePoolCall<T>(View<T> x, View<T> y, SlidingWindow vertical, SlidingWindow horizontal, T scale) : IKernelCall<AveragePoolCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<T> Y = y;
    public SlidingWindow Vertical = vertical;
    public SlidingWindow Horizontal = horizontal;
    public T Scale = scale;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.AveragePoolCore(X, Y, Vertical, Horizontal, Scale);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in AveragePoolCall<T> other)
    {
    }
}
