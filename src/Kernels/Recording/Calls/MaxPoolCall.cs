using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.MaxPool{T}"/>.</summary>
internal struct MaxPoolCall<T>(View<T> x, View<T> y, View<int>? places, SlidingWindow vertical, SlidingWindow horizontal) : IKernelCall<MaxPoolCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<T> Y = y;
    public View<int>? Places = places;
    public SlidingWindow Vertical = vertical;
    public SlidingWindow Horizontal = horizontal;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.MaxPoolCore(X, Y, Places, Vertical, Horizontal);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Write(ref Y);
        if (Places is { } places)
        {
            visitor.Write(ref places);
            Places = places;
        }
    }

    /// <inheritdoc/>
    public readonly void Take(in MaxPoolCall<T> other)
    {
    }
}
