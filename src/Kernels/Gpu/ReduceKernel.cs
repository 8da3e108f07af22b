using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op over axes of x: each group of threads reduces a few outputs, or a chunk of each, by lanes and then by a tree in shared memory.</summary>
/// <remarks>Which elements a lane takes, and in which order lanes are joined, depends on the layouts alone. Sums split into chunks are joined by a second launch.</remarks>
internal readonly struct ReduceKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, Walk, Walk, ReducePlan, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IReductionKernel<T>
{
    /// <param name="x">The elements.</param>
    /// <param name="y">The results.</param>
    /// <param name="kept">Over the outputs: X is where an output's elements begin in x, Y where it lies in y.</param>
    /// <param name="reduced">Over the elements of one output: X is where they lie in x from there.</param>
    /// <param name="plan">How the work is cut.</param>
    /// <param name="op">The reduction.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> y, Walk kept, Walk reduced, ReducePlan plan, TOp op)
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        int thread = Group.IdxX;
        int lanes = 1 << plan.LaneBits, columns = 1 << plan.ColumnBits;
        int lane = plan.LanesAreNeighbours != 0 ? thread & (lanes - 1) : thread >> plan.ColumnBits;
        int column = plan.LanesAreNeighbours != 0 ? thread >> plan.LaneBits : thread & (columns - 1);
        uint output = (uint)(Grid.IdxX * columns + column);
        bool exists = output < kept.Count;
        Positions at = kept.At(exists ? output : 0);
        uint end = (uint)((Grid.IdxY + 1) * plan.Chunk);
        if (end > reduced.Count)
        {
            end = reduced.Count;
        }

        uint first = (uint)(Grid.IdxY * plan.Chunk), step = (uint)lanes;
        T total = op.Identity, second = op.Identity, third = op.Identity, fourth = op.Identity;
        if (plan.IsWhole != 0)
        {
            ArrayView<Four<T>> fours = x.Cast<Four<T>>();
            uint i = first + 4 * (uint)lane;
            // Two fours are on their way at a time.
            for (; i + 4 * step + 3 < end; i += 8 * step)
            {
                Four<T> v = fours[(at.X + (int)i) >> 2], w = fours[(at.X + (int)(i + 4 * step)) >> 2];
                total = op.Combine(op.Combine(total, op.Load(v.X)), op.Load(w.X));
                second = op.Combine(op.Combine(second, op.Load(v.Y)), op.Load(w.Y));
                third = op.Combine(op.Combine(third, op.Load(v.Z)), op.Load(w.Z));
                fourth = op.Combine(op.Combine(fourth, op.Load(v.W)), op.Load(w.W));
            }
            for (; i < end; i += 4 * step)
            {
                // Beyond the end lie elements of others, or of nobody; the memory is there.
                Four<T> v = fours[(at.X + (int)i) >> 2];
                total = op.Combine(total, op.Load(v.X));
                if (i + 1 < end)
                {
                    second = op.Combine(second, op.Load(v.Y));
                }

                if (i + 2 < end)
                {
                    third = op.Combine(third, op.Load(v.Z));
                }

                if (i + 3 < end)
                {
                    fourth = op.Combine(fourth, op.Load(v.W));
                }
            }
        }
        else
        {
            uint i = first + (uint)lane;
            for (; i + 3 * step < end; i += 4 * step)
            {
                T a = x[at.X + reduced.At(i).X], b = x[at.X + reduced.At(i + step).X];
                T c = x[at.X + reduced.At(i + 2 * step).X], d = x[at.X + reduced.At(i + 3 * step).X];
                if (plan.Loads != 0)
                {
                    a = op.Load(a);
                    b = op.Load(b);
                    c = op.Load(c);
                    d = op.Load(d);
                }
                total = op.Combine(total, a);
                second = op.Combine(second, b);
                third = op.Combine(third, c);
                fourth = op.Combine(fourth, d);
            }
            for (; i < end; i += step)
            {
                T a = x[at.X + reduced.At(i).X];
                if (plan.Loads != 0)
                {
                    a = op.Load(a);
                }

                total = op.Combine(total, a);
            }
        }
        total = op.Combine(op.Combine(total, second), op.Combine(third, fourth));
        int slot = lane * columns + column;
        for (int other = lanes >> 1; other > 0; other >>= 1)
        {
            shared[slot] = total;
            Group.Barrier();
            if (lane < other)
            {
                total = op.Combine(total, shared[slot + other * columns]);
            }

            Group.Barrier();
        }
        if (lane == 0 && exists)
        {
            y[at.Y + Grid.IdxY * plan.ChunkStep] = plan.Finishes != 0 ? op.Finish(total) : total;
        }
    }
}
