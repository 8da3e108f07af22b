namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void GatherCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        GatherJob<T>.Run(Pointer(x.Storage), x.Layout, Pointer(indices.Storage), indices.Layout, Pointer(y.Storage), y.Layout, axis);
        KeepAlive(x.Storage, indices.Storage, y.Storage);
    }

    internal override void ScatterAddCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        ScatterAddJob<T>.Run(Pointer(x.Storage), x.Layout, Pointer(indices.Storage), indices.Layout, Pointer(y.Storage), y.Layout, axis);
        KeepAlive(x.Storage, indices.Storage, y.Storage);
    }
}
