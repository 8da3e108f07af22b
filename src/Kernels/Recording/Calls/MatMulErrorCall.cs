using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.MatMulErrorCore{T, TOp}"/>.</summary>
internal struct MatMulErrorCall<T, TOp>(in MatMulEpilogueCall<T, TOp> product, in SquaredErrorGradientCall<T> error) : IKernelCall<MatMulErrorCall<T, TOp>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IBinaryKernel<T>
{
    public MatMulEpilogueCall<T, TOp> Product = product;
    public SquaredErrorGradientCall<T> Error = error;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.MatMulErrorCore(Product, Error);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        Product.Visit(visitor);
        Error.Visit(visitor);
    }

    /// <inheritdoc/>
    public void Take(in MatMulErrorCall<T, TOp> other)
    {
        Product.Take(other.Product);
        Error.Take(other.Error);
    }
}
