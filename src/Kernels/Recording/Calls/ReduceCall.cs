using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Reduce{T, TOp}"/>.</summary>
internal struct ReduceCall<T, TOp>(View<T> x, View<T> y, TOp op) : IKernelCall<ReduceCall<T, TOp>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IReductionKernel<T>
{
    public View<T> X = x;
    public View<T> Y = y;
    public TOp Op = op;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.ReduceCore(X, Y, Op);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in ReduceCall<T, TOp> other) => Op = other.Op;
}
