using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.MatMul{T}(View{T}, View{T}, View{T})"/>.</summary>
internal struct MatMulCall<T>(View<T> a, View<T> b, View<T> y) : IKernelCall<MatMulCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> A = a;
    public View<T> B = b;
    public View<T> Y = y;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.MatMulCore(A, B, Y);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref A);
        visitor.Read(ref B);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in MatMulCall<T> other)
    {
    }
}
