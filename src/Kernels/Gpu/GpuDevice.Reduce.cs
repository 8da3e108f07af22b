using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void ReduceCore<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        if (y.Count == 0)
            return;
        Layout starts = x.Count == 0 ? y.Layout : x.Layout, elements = x.Layout;
        for (int axis = 0; axis < x.Shape.Rank && x.Count > 0; axis++)
        {
            if (y.Shape[axis] == 1)
                starts = starts.Slice(axis, 0, 1);
            else
                elements = elements.Slice(axis, 0, 1);
        }
        Walk kept = Walk.Over(starts, y.Layout), reduced = Walk.Over(elements);
        reduced.Start.X = 0;
        int length = (int)reduced.Count;
        ReducePlan plan = ReducePlan.For(Profile, y.Count, length, LanesAreNeighbours(kept, reduced));
        int chunks = ReducePlan.Chunks(plan, length);
        if (chunks == 1)
        {
            Reduce(Elements(x), Elements(y), kept, reduced, plan, op);
            return;
        }
        using var partial = new Storage<T>(this, y.Count * chunks);
        plan.ChunkStep = y.Count;
        plan.Finishes = 0;
        Layout parts = new([chunks, y.Count]), first = parts.Slice(0, 0, 1);
        if (!first.TryReshape(starts.Shape, out Layout target))
            throw new InvalidOperationException("A contiguous layout always reshapes.");
        Reduce(Elements(x), Elements(partial), Walk.Over(starts, target), reduced, plan, op);

        ReducePlan join = ReducePlan.For(Profile with { ParallelGroups = 1 }, y.Count, chunks, lanesAreNeighbours: false);
        join.Loads = 0;
        Walk joined = Walk.Over(parts.Slice(1, 0, 1));
        Reduce(Elements(partial), Elements(y), Walk.Over(target, y.Layout), joined, join, op);
    }

    private void Reduce<T, TOp>(ArrayView<T> x, ArrayView<T> y, Walk kept, Walk reduced, ReducePlan plan, TOp op)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        int columns = 1 << plan.ColumnBits;
        var groups = new Index2D((int)((kept.Count + (uint)columns - 1) / (uint)columns), ReducePlan.Chunks(plan, (int)reduced.Count));
        Launch(default(ReduceKernel<T, TOp>), new KernelConfig(groups, new Index2D(1 << (plan.LaneBits + plan.ColumnBits), 1)), x, y, kept, reduced, plan, op);
    }

    /// <summary>Whether the closest elements belong to one output.</summary>
    private static bool LanesAreNeighbours(in Walk kept, in Walk reduced)
    {
        if (kept.Count <= 1 || reduced.Count <= 1)
            return kept.Count <= 1;
        int between = kept.Inner > 0 ? kept.Axis0.Steps.X : kept.Outer.X;
        int within = reduced.Inner > 0 ? reduced.Axis0.Steps.X : reduced.Outer.X;
        return within <= between || between == 0;
    }
}
