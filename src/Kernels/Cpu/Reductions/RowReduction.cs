using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Reductions whose last axis is reduced: each result is a tree of leaves of neighbours.</summary>
internal static unsafe class RowReduction<T, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IReductionKernel<T>
{
    private const int Grain = 1 << 14;

    public static void Run(T* x, T* y, in ReductionAxes axes, TOp op, MemoryPool pool)
    {
        int results = axes.Outer.Shape.Count, length = axes.Reduced.Shape.Count;
        int leaves = (length + ReductionLeaf.Length - 1) / ReductionLeaf.Length;
        if (leaves == 1 || results >= 4 * Workers.Threads)
        {
            var rows = new RowsJob(x, y, axes, op);
            Workers.Run(ref rows, Math.Min(results, Workers.Parts((long)results * length, Grain)));
            return;
        }
        Block block = pool.Rent((long)results * leaves * sizeof(T));
        try
        {
            T* partials = (T*)((HostBlock)block).Address;
            var job = new LeavesJob(x, axes, op, leaves, partials);
            Workers.Run(ref job, (int)Math.Min((long)results * leaves, Workers.Parts((long)results * length, Grain)));
            var result = new StridedCursor(axes.OuterResult, 0);
            for (int i = 0; i < results; i++, result.Advance(1))
            {
                var tree = new CombinationTree<T, TOp>(op);
                for (int leaf = 0; leaf < leaves; leaf++)
                    tree.Push(partials[(nint)i * leaves + leaf]);
                y[result.Position] = op.Finish(tree.Total());
            }
        }
        finally
        {
            pool.Return(block);
        }
    }

    private static T Leaf(TOp op, T* row, in Layout reduced, int start, int count)
    {
        if (reduced.IsContiguous)
            return ReductionLeaf.Run(op, row + start, count);
        T* gathered = Scratch.Small<T>(ReductionLeaf.Length);
        StridedBlock.Gather(row, reduced, start, count, gathered);
        return ReductionLeaf.Run(op, gathered, count);
    }

    private readonly struct RowsJob(T* x, T* y, in ReductionAxes axes, TOp op) : IParallelJob
    {
        private readonly T* _x = x, _y = y;
        private readonly ReductionAxes _axes = axes;

        public void Run(int part, int parts)
        {
            int results = _axes.Outer.Shape.Count, length = _axes.Reduced.Shape.Count;
            int first = (int)((long)results * part / parts), end = (int)((long)results * (part + 1) / parts);
            StridedCursor row = new(_axes.Outer, first), result = new(_axes.OuterResult, first);
            for (int i = first; i < end; i++)
            {
                T total;
                if (length <= ReductionLeaf.Length)
                    total = Leaf(op, _x + row.Position, _axes.Reduced, 0, length);
                else
                {
                    var tree = new CombinationTree<T, TOp>(op);
                    for (int start = 0; start < length; start += ReductionLeaf.Length)
                        tree.Push(Leaf(op, _x + row.Position, _axes.Reduced, start, Math.Min(ReductionLeaf.Length, length - start)));
                    total = tree.Total();
                }
                _y[result.Position] = op.Finish(total);
                row.Advance(1);
                result.Advance(1);
            }
        }
    }

    private readonly struct LeavesJob(T* x, in ReductionAxes axes, TOp op, int leaves, T* partials) : IParallelJob
    {
        private readonly T* _x = x, _partials = partials;
        private readonly ReductionAxes _axes = axes;

        public void Run(int part, int parts)
        {
            int length = _axes.Reduced.Shape.Count;
            long all = (long)_axes.Outer.Shape.Count * leaves, end = all * (part + 1) / parts;
            for (long i = all * part / parts; i < end; i++)
            {
                (int row, int leaf) = ((int)(i / leaves), (int)(i % leaves));
                int start = leaf * ReductionLeaf.Length;
                T* at = _x + new StridedCursor(_axes.Outer, row).Position;
                _partials[i] = Leaf(op, at, _axes.Reduced, start, Math.Min(ReductionLeaf.Length, length - start));
            }
        }
    }
}
