using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.ScatterAdd{T}"/>.</summary>
internal struct ScatterAddCall<T>(View<T> x, View<int> indices, View<T> y, int axis) : IKernelCall<ScatterAddCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> X = x;
    public View<int> Indices = indices;
    public View<T> Y = y;
    public int Axis = axis;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.ScatterAddCore(X, Indices, Y, Axis);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Read(ref Indices);
        visitor.Update(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in ScatterAddCall<T> other)
    {
    }
}
