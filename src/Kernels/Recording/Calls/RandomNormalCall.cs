using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.RandomNormal{T}"/>.</summary>
internal struct RandomNormalCall<T>(View<T> y, ulong seed, ulong offset) : IKernelCall<RandomNormalCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> Y = y;
    public ulong Seed = seed;
    public ulong Offset = offset;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.RandomNormalCore(Y, Seed, Offset);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in RandomNormalCall<T> other) => (Seed, Offset) = (other.Seed, other.Offset);
}
