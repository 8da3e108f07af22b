namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Copy{T}"/>.</summary>
internal struct CopyCall<T>(View<T> x, View<T> y) : IKernelCall<CopyCall<T>>
    where T : unmanaged
{
    public View<T> X = x;
    public View<T> Y = y;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.CopyCore(X, Y);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref X);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public readonly void Take(in CopyCall<T> other)
    {
    }
}
