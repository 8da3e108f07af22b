using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void GatherCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        if (y.Count == 0)
            return;
        Walk walk = Walk.Over(x.Layout.Slice(axis, 0, 1).BroadcastTo(y.Shape), indices.Layout, y.Layout);
        Launch(default(GatherKernel<T>), Over(walk.Count), Elements(x), Elements(indices), Elements(y), walk, x.Layout.Stride(axis));
    }

    /// <inheritdoc/>
    internal override void ScatterAddCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        if (x.Count == 0)
            return;
        Walk lines = Walk.Over(x.Layout.Slice(axis, 0, 1), indices.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = indices.Layout.Stride(axis), Z = y.Layout.Stride(axis) };
        Launch(default(ScatterAddKernel<T>), Over(lines.Count), Elements(x), Elements(indices), Elements(y), lines, steps, x.Shape[axis]);
    }

    /// <inheritdoc/>
    internal override void CumulativeSumCore<T>(View<T> x, View<T> y, int axis, bool reverse)
    {
        if (x.Count == 0)
            return;
        Walk lines = Walk.Over(x.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = y.Layout.Stride(axis) };
        Launch(default(CumulativeSumKernel<T>), Over(lines.Count), Elements(x), Elements(y), lines, steps, x.Shape[axis], reverse ? 1 : 0);
    }
}
