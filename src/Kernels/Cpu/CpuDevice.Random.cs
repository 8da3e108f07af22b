namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    public override void RandomUniform<T>(View<T> y, ulong seed, ulong offset)
    {
        RandomJob<T>.Run(Pointer(y.Storage) + y.Layout.Offset, y.Count, seed, offset, normal: false);
        KeepAlive(y.Storage);
    }

    public override void RandomNormal<T>(View<T> y, ulong seed, ulong offset)
    {
        RandomJob<T>.Run(Pointer(y.Storage) + y.Layout.Offset, y.Count, seed, offset, normal: true);
        KeepAlive(y.Storage);
    }
}
