using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    public override void Gather<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        if (y.Count == 0)
            return;
        int step = x.Layout.Stride(axis);
        Fours fours = Fours.Over([x.Layout.Slice(axis, 0, 1).BroadcastTo(y.Shape), indices.Layout.BroadcastTo(y.Shape), y.Layout]);
        // Lines that move as a whole, by multiples of four elements, still lie in fours.
        int access = (fours.Access.X & Fours.Whole) != 0 && (fours.Access.Y & Fours.Same) != 0 && step % 4 == 0 ? Fours.Whole : 0;
        Launch(default(GatherKernel<T>), OverFours(fours), Elements(x), Elements(indices), Elements(y), fours, step, access);
    }

    /// <inheritdoc/>
    public override void ScatterAdd<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        if (x.Count == 0)
            return;
        Walk lines = Walk.Over(x.Layout.Slice(axis, 0, 1), indices.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = indices.Layout.Stride(axis), Z = y.Layout.Stride(axis) };
        Launch(default(ScatterAddKernel<T>), Over(lines.Count), Elements(x), Elements(indices), Elements(y), lines, steps, x.Shape[axis]);
    }

    /// <inheritdoc/>
    public override void CumulativeSum<T>(View<T> x, View<T> y, int axis, bool reverse)
    {
        if (x.Count == 0)
            return;
        Walk lines = Walk.Over(x.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = y.Layout.Stride(axis) };
        Launch(default(CumulativeSumKernel<T>), Over(lines.Count), Elements(x), Elements(y), lines, steps, x.Shape[axis], reverse ? 1 : 0);
    }
}
