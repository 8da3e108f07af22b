using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void GatherCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        if (y.Count == 0)
        {
            return;
        }

        int step = x.Layout.Stride(axis);
        Fours fours = Fours.Over([x.Layout.Slice(axis, 0, 1).BroadcastTo(y.Shape), indices.Layout.BroadcastTo(y.Shape), y.Layout]);
        // Lines that move as a whole, by multiples of four elements, still lie in fours.
        int access = (fours.Access.X & Fours.Whole) != 0 && (fours.Access.Y & Fours.Same) != 0 && step % 4 == 0 ? Fours.Whole : 0;
        Launch(default(GatherKernel<T>), OverFours(fours), Elements(x), Elements(indices), Elements(y), fours, step, access);
    }

    /// <inheritdoc/>
    internal override void ScatterAddCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
    {
        if (x.Count == 0)
        {
            return;
        }

        ScatterPlan plan = ScatterPlan.For(Profile, x.Count / x.Shape[axis], x.Shape[axis], y.Shape[axis]);
        if (plan.Chunks == 1)
        {
            Scatter(x, indices, y, axis, plan);
            return;
        }
        using Storage<T> sums = new(this, plan.Chunks * y.Count), joined = new(this, y.Count);
        View<T> copies = new(sums, new Layout([plan.Chunks, y.Count])), total = new(joined, new Layout(y.Shape));
        Fill(copies, T.Zero);
        plan.ChunkStep = y.Count;
        Scatter(x, indices, new View<T>(sums, new Layout(y.Shape)), axis, plan);
        Reduce(copies, total.With(new Layout([1, y.Count])), new Reductions.Sum<T>(T.One));
        Zip(y, total, y, new Elementwise.Add<T>());
    }

    /// <inheritdoc/>
    internal override void CumulativeSumCore<T>(View<T> x, View<T> y, int axis, bool reverse)
    {
        if (x.Count == 0)
        {
            return;
        }

        Walk lines = Walk.Over(x.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = y.Layout.Stride(axis) };
        ScanPlan plan = ScanPlan.For(Profile, lines, steps, x.Shape[axis], reverse);
        if (plan.Chunks == 1)
        {
            Scan(x, y, Elements(y), plan);
            return;
        }
        using var sums = new Storage<T>(this, (int)lines.Count * plan.Chunks);
        View<T> totals = new(sums, new Layout([(int)lines.Count, plan.Chunks]));
        plan.Stage = ScanPlan.Totals;
        Scan(x, y, Elements(totals), plan);
        CumulativeSum(totals, totals, 1, reverse: false);
        plan.Stage = ScanPlan.Continued;
        Scan(x, y, Elements(totals), plan);
    }

    private void Scatter<T>(View<T> x, View<int> indices, View<T> y, int axis, ScatterPlan plan)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        plan.Lines = Walk.Over(x.Layout.Slice(axis, 0, 1), indices.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        plan.Steps = new Positions { X = x.Layout.Stride(axis), Y = indices.Layout.Stride(axis), Z = y.Layout.Stride(axis) };
        // Few threads go to as many groups as run at a time.
        int size = (int)Math.Clamp(plan.Count / Profile.ParallelGroups, 1, Profile.GroupSize), groups = (int)Math.Min((plan.Count + size - 1) / size, Profile.MaxGroups);
        Launch(default(ScatterAddKernel<T>), new KernelConfig(groups, size), Elements(x), Elements(indices), Elements(y), plan);
    }

    private void Scan<T>(View<T> x, View<T> y, ArrayView<T> totals, ScanPlan plan)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int groups = (int)((plan.Lines.Count + (1u << plan.ColumnBits) - 1) >> plan.ColumnBits);
        KernelConfig config = new(new Index2D(groups, plan.Chunks), new Index2D(1 << (plan.LaneBits + plan.ColumnBits), 1));
        Launch(default(CumulativeSumKernel<T>), config, Elements(x), Elements(y), totals, plan);
    }
}
