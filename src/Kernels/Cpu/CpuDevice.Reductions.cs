namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void ReduceCore<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        Reduction.Run(Pointer(x.Storage), x.Layout, Pointer(y.Storage), y.Layout, op, Pool);
        KeepAlive(x.Storage, y.Storage);
    }

    internal override void CumulativeSumCore<T>(View<T> x, View<T> y, int axis, bool reverse)
    {
        ScanJob<T>.Run(Pointer(x.Storage), x.Layout, Pointer(y.Storage), y.Layout, axis, reverse);
        KeepAlive(x.Storage, y.Storage);
    }

    internal override void SquaredErrorCore<T>(View<T> prediction, View<T> target, View<T> loss, T scale)
    {
        T total = SquaredErrorReduction.Run(Pointer(prediction.Storage), prediction.Layout, Pointer(target.Storage), target.Layout, Pool);
        Pointer(loss.Storage)[loss.Layout.Offset] = total * scale;
        KeepAlive(prediction.Storage, target.Storage, loss.Storage);
    }
}
