using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Rows{T, TOp}"/>.</summary>
internal struct RowsCall<T, TOp>(View<T> x, View<T> p, View<T> q, View<T> y, int axis, TOp op) : IKernelCall<RowsCall<T, TOp>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IRowKernel<T>
{
    public View<T> X = x;
    public View<T> P = p;
    public View<T> Q = q;
    public View<T> Y = y;
    public int Axis = axis;
    public TOp Op = op;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.RowsCore(X, P, Q, Y, Axis, Op);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Read(ref P);
        visitor.Read(ref Q);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in RowsCall<T, TOp> other) => Op = other.Op;
}
