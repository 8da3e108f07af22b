using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Gather{T}"/>.</summary>
internal struct GatherCall<T>(View<T> x, View<int> indices, View<T> y, int axis) : IKernelCall<GatherCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<int> Indices = indices;
    public View<T> Y = y;
    public int Axis = axis;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.GatherCore(X, Indices, Y, Axis);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Read(ref Indices);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in GatherCall<T> other)
    {
    }
}
