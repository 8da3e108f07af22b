using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.RandomUniform{T}"/>.</summary>
internal struct RandomUniformCall<T>(View<T> y, ulong seed, ulong offset) : IKernelCall<RandomUniformCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> Y = y;
    public ulong Seed = seed;
    public ulong Offset = offset;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.RandomUniformCore(Y, Seed, Offset);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in RandomUniformCall<T> other) => (Seed, Offset) = (other.Seed, other.Offset);
}
