namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void RandomUniform<T>(View<T> y, ulong seed, ulong offset) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void RandomNormal<T>(View<T> y, ulong seed, ulong offset) => throw new NotSupportedException();
}
