using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op over axes of x whose outputs lie in aligned fours: as <see cref="ReduceKernel{T, TOp}"/>, with four outputs per thread.</summary>
internal readonly struct ReduceColumnsKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, Walk, Walk, ReducePlan, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IReductionKernel<T>
{
    /// <param name="x">The elements.</param>
    /// <param name="y">The results.</param>
    /// <param name="kept">Over the outputs, four of which always lie side by side in x: X is where an output's elements begin in x, Y where it lies in y.</param>
    /// <param name="reduced">Over the elements of one output: X is where they lie in x from there.</param>
    /// <param name="plan">How the work is cut; its columns are fours of outputs.</param>
    /// <param name="op">The reduction.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> y, Walk kept, Walk reduced, ReducePlan plan, TOp op)
    {
        ArrayView<Four<T>> shared = SharedMemory.Allocate<Four<T>>(ReducePlan.MaxGroupSize), fours = x.Cast<Four<T>>();
        int thread = Group.IdxX, lanes = 1 << plan.LaneBits, columns = 1 << plan.ColumnBits;
        int lane = thread >> plan.ColumnBits, column = thread & (columns - 1);
        uint output = 4 * (uint)(Grid.IdxX * columns + column);
        bool exists = output < kept.Count;
        Positions at = kept.At(exists ? output : 0);
        uint end = (uint)((Grid.IdxY + 1) * plan.Chunk);
        if (end > reduced.Count)
        {
            end = reduced.Count;
        }

        uint step = (uint)lanes, i = (uint)(Grid.IdxY * plan.Chunk + lane);
        Four<T> total = new(op.Identity, op.Identity, op.Identity, op.Identity), second = total;
        for (; i + step < end; i += 2 * step)
        {
            Four<T> v = fours[(at.X + reduced.At(i).X) >> 2], w = fours[(at.X + reduced.At(i + step).X) >> 2];
            total = Combine(total, Load(v, plan.Loads, op), op);
            second = Combine(second, Load(w, plan.Loads, op), op);
        }
        if (i < end)
        {
            total = Combine(total, Load(fours[(at.X + reduced.At(i).X) >> 2], plan.Loads, op), op);
        }

        total = Combine(total, second, op);
        for (int other = lanes >> 1; other > 0; other >>= 1)
        {
            shared[thread] = total;
            Group.Barrier();
            if (lane < other)
            {
                total = Combine(total, shared[thread + other * columns], op);
            }

            Group.Barrier();
        }
        if (lane == 0 && exists)
        {
            int to = at.Y + Grid.IdxY * plan.ChunkStep, apart = kept.Inner > 0 ? kept.Axis0.Steps.Y : kept.Outer.Y;
            y[to] = plan.Finishes != 0 ? op.Finish(total.X) : total.X;
            y[to + apart] = plan.Finishes != 0 ? op.Finish(total.Y) : total.Y;
            y[to + 2 * apart] = plan.Finishes != 0 ? op.Finish(total.Z) : total.Z;
            y[to + 3 * apart] = plan.Finishes != 0 ? op.Finish(total.W) : total.W;
        }
    }

    private static Four<T> Combine(Four<T> a, Four<T> b, TOp op) => new(op.Combine(a.X, b.X), op.Combine(a.Y, b.Y), op.Combine(a.Z, b.Z), op.Combine(a.W, b.W));

    private static Four<T> Load(Four<T> v, int loads, TOp op) => loads != 0 ? new(op.Load(v.X), op.Load(v.Y), op.Load(v.Z), op.Load(v.W)) : v;
}
