namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void RandomUniformCore<T>(View<T> y, ulong seed, ulong offset)
    {
        RandomJob<T>.Run(Pointer(y.Storage) + y.Layout.Offset, y.Count, seed, offset, normal: false);
        KeepAlive(y.Storage);
    }

    internal override void RandomNormalCore<T>(View<T> y, ulong seed, ulong offset)
    {
        RandomJob<T>.Run(Pointer(y.Storage) + y.Layout.Offset, y.Count, seed, offset, normal: true);
        KeepAlive(y.Storage);
    }
}
