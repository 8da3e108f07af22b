using System.Numerics;
using System.Runtime.CompilerServices;
using Autodiff.Kernels.Rows;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = a function of the rows of x, p and q: the lanes of a row share its elements; their sums are joined by a tree in shared memory.</summary>
/// <remarks>
/// One launch does whole rows. Where there are fewer rows than groups that run at a time, rows are cut into chunks and each round is a launch
/// (<see cref="RowStage"/>), which first joins what the round before found in the chunks, in their order. Elements are read in each round, the later times from the cache:
/// that is cheaper than to write down what the second round saw.
/// </remarks>
internal readonly struct RowKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, RowPlan, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IRowKernel<T>
{
    /// <param name="x">The first operand.</param>
    /// <param name="p">The second operand.</param>
    /// <param name="q">The third operand.</param>
    /// <param name="y">The results.</param>
    /// <param name="parts">What rounds found in chunks: the pair of the first one, then that of the second.</param>
    /// <param name="plan">How the work is cut.</param>
    /// <param name="op">The kernel.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> p, ArrayView<T> q, ArrayView<T> y, ArrayView<T> parts, RowPlan plan, TOp op)
    {
        ArrayView<T> sharedA = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize), sharedB = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        int thread = Group.IdxX, lanes = 1 << plan.LaneBits, columns = 1 << plan.ColumnBits;
        int lane = plan.LanesAreNeighbours != 0 ? thread & (lanes - 1) : thread >> plan.ColumnBits;
        int column = plan.LanesAreNeighbours != 0 ? thread >> plan.LaneBits : thread & (columns - 1);
        int slot = lane * columns + column;
        uint row = (uint)(Grid.IdxX * columns + column);
        bool exists = row < plan.Rows.Count;
        Positions at = plan.Rows.At(exists ? row : 0);
        int begin = Grid.IdxY * plan.Chunk, end = exists ? IntrinsicMath.Min(plan.Length, begin + plan.Chunk) : 0;
        // Four elements of a lane lie side by side, or as far apart as there are lanes.
        int apart = plan.TakesFours != 0 ? 1 : lanes, from = plan.TakesFours != 0 ? begin + 4 * lane : begin + lane;
        int chunks = exists ? plan.Chunks : 0, firstPart = (int)row * plan.Chunks * 4;

        T a = op.Identity, b = op.Identity;
        if (TOp.HasFirst)
        {
            if (plan.Stage <= RowStage.First)
            {
                for (int i = from; i < end; i += 4 * lanes)
                {
                    int count = Count(i, apart, end);
                    Four<T> v = At(at.X, i, apart, plan.Steps.X, count, plan.Access.X).Read(x), w = At(at.Y, i, apart, plan.Steps.Y, count, plan.Access.Y).Read(p);
                    for (int k = 0; k < count; k++)
                    {
                        AddFirst(ref a, ref b, v.X, w.X, op);
                        v = v.Then(v.X);
                        w = w.Then(w.X);
                    }
                }
            }
            else
            {
                for (int chunk = lane; chunk < chunks; chunk += lanes)
                {
                    a = op.Combine(a, parts[firstPart + 4 * chunk]);
                    b = op.Combine(b, parts[firstPart + 4 * chunk + 1]);
                }
            }
            for (int other = lanes >> 1; other > 0; other >>= 1)
            {
                sharedA[slot] = a;
                sharedB[slot] = b;
                Group.Barrier();
                if (lane < other)
                {
                    a = op.Combine(a, sharedA[slot + other * columns]);
                    b = op.Combine(b, sharedB[slot + other * columns]);
                }
                Group.Barrier();
            }
            if (lane == 0)
            {
                sharedA[column] = a;
                sharedB[column] = b;
            }
            Group.Barrier();
            a = sharedA[column];
            b = sharedB[column];
            Group.Barrier();
            if (plan.Stage == RowStage.First && exists && lane == 0)
            {
                parts[firstPart + 4 * Grid.IdxY] = a;
                parts[firstPart + 4 * Grid.IdxY + 1] = b;
            }
        }
        Pair<T> first = op.FinishFirst(new Pair<T>(a, b));

        a = T.Zero;
        b = T.Zero;
        if (plan.Stage is RowStage.All or RowStage.Second)
        {
            for (int i = from; i < end; i += 4 * lanes)
            {
                int count = Count(i, apart, end);
                Four<T> v = At(at.X, i, apart, plan.Steps.X, count, plan.Access.X).Read(x), w = At(at.Y, i, apart, plan.Steps.Y, count, plan.Access.Y).Read(p);
                for (int k = 0; k < count; k++)
                {
                    AddSecond(ref a, ref b, v.X, w.X, first, op);
                    v = v.Then(v.X);
                    w = w.Then(w.X);
                }
            }
        }
        else if (plan.Stage == RowStage.Results)
        {
            for (int chunk = lane; chunk < chunks; chunk += lanes)
            {
                a += parts[firstPart + 4 * chunk + 2];
                b += parts[firstPart + 4 * chunk + 3];
            }
        }
        for (int other = lanes >> 1; other > 0; other >>= 1)
        {
            sharedA[slot] = a;
            sharedB[slot] = b;
            Group.Barrier();
            if (lane < other)
            {
                a += sharedA[slot + other * columns];
                b += sharedB[slot + other * columns];
            }
            Group.Barrier();
        }
        if (lane == 0)
        {
            sharedA[column] = a;
            sharedB[column] = b;
        }
        Group.Barrier();
        a = sharedA[column];
        b = sharedB[column];
        if (plan.Stage == RowStage.Second && exists && lane == 0)
        {
            parts[firstPart + 4 * Grid.IdxY + 2] = a;
            parts[firstPart + 4 * Grid.IdxY + 3] = b;
        }
        if (plan.Stage is RowStage.First or RowStage.Second)
        {
            return;
        }

        Pair<T> second = op.Finish(first, new Pair<T>(a, b));

        if (TOp.Results == 0)
        {
            for (int i = from; i < end; i += 4 * lanes)
            {
                int count = Count(i, apart, end);
                Four<T> v = At(at.X, i, apart, plan.Steps.X, count, plan.Access.X).Read(x), w = At(at.Y, i, apart, plan.Steps.Y, count, plan.Access.Y).Read(p);
                Four<T> u = At(at.Z, i, apart, plan.Steps.Z, count, plan.Access.Z).Read(q);
                // Rows are bound by memory: one copy of the op in a loop, not four, keeps the kernel small.
                for (int k = 0; k < 4; k++)
                {
                    v = v.Then(op.Map(op.Center(v.X, first), w.X, u.X, first, second));
                    w = w.Then(w.X);
                    u = u.Then(u.X);
                }
                At(at.W, i, apart, plan.Steps.W, count, plan.Access.W).Write(y, v);
            }
        }
        else if (exists && lane == 0 && Grid.IdxY == 0)
        {
            y[at.W] = second.A;
            if (TOp.Results > 1)
            {
                y[at.W + plan.Steps.W] = second.B;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFirst(ref T a, ref T b, T x, T p, TOp op)
    {
        Pair<T> found = op.First(x, p);
        a = op.Combine(a, found.A);
        b = op.Combine(b, found.B);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSecond(ref T a, ref T b, T x, T p, Pair<T> first, TOp op)
    {
        Pair<T> found = op.Second(op.Center(x, first), p);
        a += found.A;
        b += found.B;
    }

    /// <summary>How many of the four elements from one on are before the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(int i, int apart, int end) => i + 3 * apart < end ? 4 : i + 2 * apart < end ? 3 : i + apart < end ? 2 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Places At(int start, int i, int apart, int step, int count, int access)
    {
        int first = start + i * step, next = apart * step;
        return new Places(first, count > 1 ? first + next : first, count > 2 ? first + 2 * next : first, count > 3 ? first + 3 * next : first, count, access);
    }
}
