using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.MatMul{T, TOp}(View{T}, View{T}, View{T}, View{T}, TOp)"/>.</summary>
internal struct MatMulEpilogueCall<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op) : IKernelCall<MatMulEpilogueCall<T, TOp>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IBinaryKernel<T>
{
    public View<T> A = a;
    public View<T> B = b;
    public View<T> C = c;
    public View<T> Y = y;
    public TOp Op = op;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.MatMulCore(A, B, C, Y, Op);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref A);
        visitor.Read(ref B);
        visitor.Read(ref C);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in MatMulEpilogueCall<T, TOp> other) => Op = other.Op;
}
