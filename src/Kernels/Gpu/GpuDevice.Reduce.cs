using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void ReduceCore<T, TOp>(View<T> x, View<T> y, TOp op)
    {
        if (y.Count == 0)
        {
            return;
        }

        Layout starts = x.Count == 0 ? y.Layout : x.Layout, elements = x.Layout;
        for (int axis = 0; axis < x.Shape.Rank && x.Count > 0; axis++)
        {
            if (y.Shape[axis] == 1)
            {
                starts = starts.Slice(axis, 0, 1);
            }
            else
            {
                elements = elements.Slice(axis, 0, 1);
            }
        }
        Walk kept = Walk.Over(starts, y.Layout), reduced = Walk.Over(elements);
        reduced.Start.X = 0;
        int length = (int)reduced.Count;
        bool lanesAreNeighbours = LanesAreNeighbours(kept, reduced), inColumns = !lanesAreNeighbours && OutputsLieInFours(kept, reduced);
        ReducePlan plan = ReducePlan.For(Profile, inColumns ? y.Count / 4 : y.Count, length, lanesAreNeighbours);
        plan.IsWhole = lanesAreNeighbours && ElementsLieInFours(kept, reduced) ? 1 : 0;
        int chunks = ReducePlan.Chunks(plan, length);
        if (chunks == 1)
        {
            Reduce(Elements(x), Elements(y), kept, reduced, plan, inColumns, op);
            return;
        }
        // The results of an output's chunks lie side by side where there are more of them than outputs, so that the second pass reads along lines.
        bool chunksAreInner = chunks > y.Count;
        using var partial = new Storage<T>(this, y.Count * chunks);
        Layout parts = chunksAreInner ? new Layout([y.Count, chunks]).Permute([1, 0]) : new Layout([chunks, y.Count]), first = parts.Slice(0, 0, 1);
        plan.ChunkStep = parts.Stride(0);
        plan.Finishes = 0;
        if (!first.TryReshape(starts.Shape, out Layout target))
        {
            throw new InvalidOperationException("An evenly spaced layout always reshapes.");
        }

        Reduce(Elements(x), Elements(partial), Walk.Over(starts, target), reduced, plan, inColumns, op);

        Walk joinedOutputs = Walk.Over(target, y.Layout), joined = Walk.Over(parts.Slice(1, 0, 1));
        ReducePlan join = ReducePlan.For(Profile with { ParallelGroups = 1 }, y.Count, chunks, chunksAreInner);
        join.Loads = 0;
        join.Chunk = chunks;
        Reduce(Elements(partial), Elements(y), joinedOutputs, joined, join, inColumns: false, op);
    }

    private void Reduce<T, TOp>(ArrayView<T> x, ArrayView<T> y, Walk kept, Walk reduced, ReducePlan plan, bool inColumns, TOp op)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        uint columns = 1u << plan.ColumnBits, outputs = inColumns ? kept.Count / 4 : kept.Count;
        var groups = new Index2D((int)((outputs + columns - 1) / columns), ReducePlan.Chunks(plan, (int)reduced.Count));
        KernelConfig config = new(groups, new Index2D(1 << (plan.LaneBits + plan.ColumnBits), 1));
        if (inColumns)
        {
            Launch(default(ReduceColumnsKernel<T, TOp>), config, x, y, kept, reduced, plan, op);
        }
        else
        {
            Launch(default(ReduceKernel<T, TOp>), config, x, y, kept, reduced, plan, op);
        }
    }

    /// <summary>Whether the closest elements belong to one output.</summary>
    private static bool LanesAreNeighbours(in Walk kept, in Walk reduced)
    {
        if (kept.Count <= 1 || reduced.Count <= 1)
        {
            return kept.Count <= 1;
        }

        int between = kept.InnerStep.X, within = reduced.InnerStep.X;
        return within <= between || between == 0;
    }

    /// <summary>Whether four neighbouring elements of an output are an aligned <see cref="Four{T}"/>.</summary>
    private static bool ElementsLieInFours(in Walk kept, in Walk reduced) =>
        reduced is { Inner: 0, Count: > 1 } && reduced.Outer.X == 1 && kept.IsEachMultipleOfFour(0);

    /// <summary>Whether four neighbouring outputs have their elements in an aligned <see cref="Four{T}"/>.</summary>
    private static bool OutputsLieInFours(in Walk kept, in Walk reduced) =>
        kept.InnerStep.X == 1 && kept.InnerSize % 4 == 0 && kept.IsEachMultipleOfFour(0, skipInner: true) && reduced.IsEachMultipleOfFour(0);
}
