namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Fill{T}"/>.</summary>
internal struct FillCall<T>(View<T> y, T value) : IKernelCall<FillCall<T>>
    where T : unmanaged
{
    public View<T> Y = y;
    public T Value = value;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.FillCore(Y, Value);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in FillCall<T> other) => Value = other.Value;
}
