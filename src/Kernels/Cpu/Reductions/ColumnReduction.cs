using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Reductions whose last axis is kept: strips of columns run down the rows in registers; leaves of 64 rows are joined in a tree, column
/// by column.
/// </summary>
internal static unsafe class ColumnReduction<T, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IReductionKernel<T>
{
    private const int LeafRows = 64;

    // Fewer elements than two of these are summed before another thread is awake.
    private const int Grain = 1 << 16;
    private const int MaxLevels = 32;

    private static int Lanes => Vector256<T>.Count;

    private static int Strip => 8 * Vector256<T>.Count;

    public static void Run(T* x, T* y, in ReductionAxes axes, TOp op, MemoryPool pool)
    {
        int rows = axes.Reduced.Shape.Count, columns = axes.Columns.Shape.Count;
        long strips = (long)Strips(columns) * axes.Outer.Shape.Count, elements = (long)axes.Outer.Shape.Count * rows * columns;
        int threads = elements < 2 * Grain ? 1 : Workers.Threads;
        // Where the columns do not suffice for all threads, the rows are cut at whole subtrees, which changes no bit.
        int chunkRows = LeafRows;
        while (chunkRows < rows && (threads == 1 || strips >= 4 * threads || (long)chunkRows * 4 * threads < rows))
        {
            chunkRows = chunkRows > int.MaxValue / 2 ? int.MaxValue : chunkRows * 2;
        }

        int chunks = (int)(((long)rows + chunkRows - 1) / chunkRows);
        if (chunks == 1)
        {
            var job = new Job(x, y, axes, op, 1, chunkRows, null);
            Workers.Run(ref job, (int)Math.Min(strips, threads == 1 ? 1 : Workers.Parts(elements, Grain)));
            return;
        }
        long results = (long)axes.Outer.Shape.Count * columns;
        Block block = pool.Rent(chunks * results * sizeof(T));
        try
        {
            T* partials = (T*)((HostBlock)block).Address;
            var job = new Job(x, y, axes, op, chunks, chunkRows, partials);
            Workers.Run(ref job, (int)Math.Min(strips * chunks, Workers.Parts(elements, Grain)));
            Join(partials, chunks, results, y, axes, op);
        }
        finally
        {
            pool.Return(block);
        }
    }

    private static int Strips(int columns) => columns / Strip + columns % Strip / Lanes + (columns % Lanes > 0 ? 1 : 0);

    private static void Join(T* partials, int chunks, long results, T* y, in ReductionAxes axes, TOp op)
    {
        int columns = axes.Columns.Shape.Count;
        var outer = new StridedCursor(axes.OuterResult, 0);
        for (long i = 0; i < results; outer.Advance(1))
        {
            var column = new StridedCursor(axes.ColumnsResult, 0);
            for (int j = 0; j < columns; j++, i++, column.Advance(1))
            {
                var tree = new CombinationTree<T, TOp>(op);
                for (int chunk = 0; chunk < chunks; chunk++)
                {
                    tree.Push(partials[chunk * results + i]);
                }

                y[outer.Position + column.Position] = op.Finish(tree.Total());
            }
        }
    }

    private readonly struct Job(T* x, T* y, in ReductionAxes axes, TOp op, int chunks, int chunkRows, T* partials) : IParallelJob
    {
        private readonly T* _x = x, _y = y, _partials = partials;
        private readonly ReductionAxes _axes = axes;

        public void Run(int part, int parts)
        {
            int columns = _axes.Columns.Shape.Count, rows = _axes.Reduced.Shape.Count, strips = Strips(columns);
            long all = (long)strips * _axes.Outer.Shape.Count * chunks, end = all * (part + 1) / parts;
            // The tree's levels, then room for a leaf that must be gathered.
            T* memory = Scratch.Small<T>((long)Strip * (MaxLevels + 1 + LeafRows));
            for (long i = all * part / parts; i < end; i++)
            {
                int chunk = (int)(i % chunks), strip = (int)(i / chunks % strips), outer = (int)(i / chunks / strips);
                int whole = columns / Strip, narrow = columns % Strip / Lanes;
                int column = strip <= whole ? strip * Strip : whole * Strip + (strip - whole) * Lanes;
                int width = strip < whole ? Strip : strip < whole + narrow ? Lanes : columns - column;
                if (width < Lanes && columns >= Lanes)
                {
                    // The last columns share a vector with some that are done: the same bits again, and nothing to gather.
                    (column, width) = (columns - Lanes, Lanes);
                }
                int first = chunk * chunkRows, count = Math.Min(chunkRows, rows - first);
                T* totals = Rows(_x + new StridedCursor(_axes.Outer, outer).Position, column, width, first, count, memory);
                if (_partials != null)
                {
                    T* to = _partials + (chunk * (long)_axes.Outer.Shape.Count + outer) * columns + column;
                    for (int j = 0; j < width; j++)
                    {
                        to[j] = totals[j];
                    }

                    continue;
                }
                for (int j = 0; j < width; j++)
                {
                    totals[j] = op.Finish(totals[j]);
                }

                StridedBlock.Scatter(_y + new StridedCursor(_axes.OuterResult, outer).Position, _axes.ColumnsResult, column, width, totals);
            }
        }

        /// <summary>Reduces some rows of a strip of columns; the result is the lowest level of the tree.</summary>
        private T* Rows(T* x, int column, int width, int first, int count, T* memory)
        {
            int vectors = width == Strip ? 8 : 1, stored = vectors * Lanes, depth = 0;
            bool direct = width >= Lanes && _axes.Columns.IsContiguous && _axes.Reduced.Shape.Rank <= 1;
            nint rowStep = _axes.Reduced.Shape.Rank == 0 ? 0 : _axes.Reduced.Strides[0];
            T* gathered = memory + (MaxLevels + 1) * Strip;
            for (int leaf = 0; leaf * LeafRows < count; leaf++)
            {
                int start = first + leaf * LeafRows, rows = Math.Min(LeafRows, first + count - start);
                T* level = memory + depth * Strip;
                if (direct)
                {
                    Leaf(op, x + start * rowStep + column, rowStep, rows, vectors, level);
                }
                else
                {
                    Gather(x, column, width, start, rows, gathered, stored);
                    Leaf(op, gathered, stored, rows, vectors, level);
                }
                depth++;
                for (int joined = leaf; (joined & 1) != 0; joined >>= 1)
                {
                    Join(memory, --depth, stored);
                }
            }
            while (depth > 1)
            {
                Join(memory, --depth, stored);
            }

            return memory;
        }

        private void Gather(T* x, int column, int width, int start, int rows, T* to, int stored)
        {
            var row = new StridedCursor(_axes.Reduced, start);
            for (int i = 0; i < rows; i++, to += stored, row.Advance(1))
            {
                StridedBlock.Gather(x + row.Position, _axes.Columns, column, width, to);
                // What fills up the vector is computed and dropped.
                for (int j = width; j < stored; j++)
                {
                    to[j] = to[0];
                }
            }
        }

        /// <summary>Level (depth - 1) = level (depth - 1) combined with level depth.</summary>
        private void Join(T* memory, int depth, int stored)
        {
            T* left = memory + (depth - 1) * Strip, right = left + Strip;
            for (int j = 0; j < stored; j += Lanes)
            {
                op.Combine(Vector256.Load(left + j), Vector256.Load(right + j)).Store(left + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Leaf(TOp op, T* x, nint rowStep, int rows, int vectors, T* totals)
    {
        int lanes = Vector256<T>.Count;
        Vector256<T> s0 = Vector256.Create(op.Identity);
        if (vectors == 1)
        {
            for (; rows > 0; rows--, x += rowStep)
            {
                s0 = op.Combine(s0, op.Load(Vector256.Load(x)));
            }

            s0.Store(totals);
            return;
        }
        Vector256<T> s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (; rows > 0; rows--, x += rowStep)
        {
            s0 = op.Combine(s0, op.Load(Vector256.Load(x)));
            s1 = op.Combine(s1, op.Load(Vector256.Load(x + lanes)));
            s2 = op.Combine(s2, op.Load(Vector256.Load(x + 2 * lanes)));
            s3 = op.Combine(s3, op.Load(Vector256.Load(x + 3 * lanes)));
            s4 = op.Combine(s4, op.Load(Vector256.Load(x + 4 * lanes)));
            s5 = op.Combine(s5, op.Load(Vector256.Load(x + 5 * lanes)));
            s6 = op.Combine(s6, op.Load(Vector256.Load(x + 6 * lanes)));
            s7 = op.Combine(s7, op.Load(Vector256.Load(x + 7 * lanes)));
        }
        s0.Store(totals);
        s1.Store(totals + lanes);
        s2.Store(totals + 2 * lanes);
        s3.Store(totals + 3 * lanes);
        s4.Store(totals + 4 * lanes);
        s5.Store(totals + 5 * lanes);
        s6.Store(totals + 6 * lanes);
        s7.Store(totals + 7 * lanes);
    }
}
