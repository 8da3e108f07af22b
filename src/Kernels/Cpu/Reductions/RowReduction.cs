using System.Numerics;
using System.Runtime.CompilerServices;

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
                {
                    tree.Push(partials[(nint)i * leaves + leaf]);
                }

                y[result.Position] = op.Finish(tree.Total());
            }
        }
        finally
        {
            pool.Return(block);
        }
    }

    /// <param name="op">The reduction.</param>
    /// <param name="row">The first element of the row.</param>
    /// <param name="gathered">Room for a leaf, if the elements of a row are not neighbours; else null.</param>
    /// <param name="reduced">Where the elements of a row are.</param>
    /// <param name="start">The number of the leaf's first element.</param>
    /// <param name="count">The number of its elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Leaf(TOp op, T* row, T* gathered, in Layout reduced, int start, int count)
    {
        if (gathered == null)
        {
            return ReductionLeaf.Run(op, row + start, count);
        }

        StridedBlock.Gather(row, reduced, start, count, gathered);
        return ReductionLeaf.Run(op, gathered, count);
    }

    private static T* Room(in Layout reduced) => reduced.IsContiguous ? null : Scratch.Small<T>(ReductionLeaf.Length);

    private readonly struct RowsJob(T* x, T* y, in ReductionAxes axes, TOp op) : IParallelJob
    {
        private readonly T* _x = x, _y = y;
        private readonly ReductionAxes _axes = axes;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part, int parts)
        {
            int results = _axes.Outer.Shape.Count, length = _axes.Reduced.Shape.Count;
            int first = (int)((long)results * part / parts), end = (int)((long)results * (part + 1) / parts);
            T* gathered = Room(_axes.Reduced);
            StridedCursor row = new(_axes.Outer, first), result = new(_axes.OuterResult, first);
            for (int i = first; i < end; i++)
            {
                T total;
                if (length <= ReductionLeaf.Length)
                {
                    total = Leaf(op, _x + row.Position, gathered, _axes.Reduced, 0, length);
                }
                else
                {
                    var tree = new CombinationTree<T, TOp>(op);
                    for (int start = 0; start < length; start += ReductionLeaf.Length)
                    {
                        int count = Math.Min(ReductionLeaf.Length, length - start);
                        tree.Push(Leaf(op, _x + row.Position, gathered, _axes.Reduced, start, count));
                    }
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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part, int parts)
        {
            int length = _axes.Reduced.Shape.Count;
            long all = (long)_axes.Outer.Shape.Count * leaves, end = all * (part + 1) / parts;
            T* gathered = Room(_axes.Reduced);
            for (long i = all * part / parts; i < end; i++)
            {
                (int row, int leaf) = ((int)(i / leaves), (int)(i % leaves));
                int start = leaf * ReductionLeaf.Length;
                T* at = _x + new StridedCursor(_axes.Outer, row).Position;
                _partials[i] = Leaf(op, at, gathered, _axes.Reduced, start, Math.Min(ReductionLeaf.Length, length - start));
            }
        }
    }
}
