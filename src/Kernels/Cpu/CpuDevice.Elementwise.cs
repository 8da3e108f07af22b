namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void MapCore<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        ElementwiseJob<T, Unary<T, TOp>>.Run(
            new(op), Pointer(y.Storage), y.Layout, Pointer(x.Storage), x.Layout, null, default, null, default);
        KeepAlive(x.Storage, y.Storage);
    }

    internal override void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op)
    {
        ElementwiseJob<T, Binary<T, TOp>>.Run(
            new(op), Pointer(y.Storage), y.Layout, Pointer(a.Storage), a.Layout, Pointer(b.Storage), b.Layout, null, default);
        KeepAlive(a.Storage, b.Storage, y.Storage);
    }

    internal override void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
    {
        ElementwiseJob<T, Ternary<T, TOp>>.Run(
            new(op), Pointer(y.Storage), y.Layout, Pointer(a.Storage), a.Layout, Pointer(b.Storage), b.Layout, Pointer(c.Storage), c.Layout);
        KeepAlive(a.Storage, b.Storage, c.Storage, y.Storage);
    }
}
