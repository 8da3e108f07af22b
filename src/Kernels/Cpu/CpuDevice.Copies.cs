namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void FillCore<T>(View<T> y, T value)
    {
        FillJob<T>.Run(Pointer(y.Storage), y.Layout, value);
        KeepAlive(y.Storage);
    }

    internal override void CopyCore<T>(View<T> x, View<T> y)
    {
        CopyJob<T>.Run(Pointer(x.Storage), x.Layout, Pointer(y.Storage), y.Layout);
        KeepAlive(x.Storage, y.Storage);
    }
}
