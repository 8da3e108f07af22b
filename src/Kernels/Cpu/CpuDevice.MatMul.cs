namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void MatMulCore<T>(View<T> a, View<T> b, View<T> y)
    {
        MatMulRunner.Run(Pointer(a.Storage), a.Layout, Pointer(b.Storage), b.Layout, Pointer(y.Storage), y.Layout, Pool);
        KeepAlive(a.Storage, b.Storage, y.Storage);
    }
}
