using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.CumulativeSum{T}"/>.</summary>
internal struct CumulativeSumCall<T>(View<T> x, View<T> y, int axis, bool reverse) : IKernelCall<CumulativeSumCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<T> Y = y;
    public int Axis = axis;
    public bool Reverse = reverse;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.CumulativeSumCore(X, Y, Axis, Reverse);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in CumulativeSumCall<T> other)
    {
    }
}
