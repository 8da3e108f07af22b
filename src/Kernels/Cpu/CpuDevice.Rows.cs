namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void RowsCore<T, TOp>(View<T> x, View<T> p, View<T> q, View<T> y, int axis, TOp op)
    {
        if (x.Count == 0)
        {
            return;
        }

        RowJob<T, TOp>.Run(
            op, Pointer(x.Storage), x.Layout, Pointer(p.Storage), p.Layout, Pointer(q.Storage), q.Layout, Pointer(y.Storage), y.Layout, axis);
        KeepAlive(x.Storage, p.Storage, q.Storage, y.Storage);
    }
}
