using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Zip{T, TOp}(View{T}, View{T}, View{T}, TOp)"/>.</summary>
internal struct ZipCall<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op) : IKernelCall<ZipCall<T, TOp>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IBinaryKernel<T>
{
    public View<T> A = a;
    public View<T> B = b;
    public View<T> Y = y;
    public TOp Op = op;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.ZipCore(A, B, Y, Op);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref A);
        visitor.Read(ref B);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in ZipCall<T, TOp> other) => Op = other.Op;
}
