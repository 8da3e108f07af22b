using System.Numerics;
using ILGPU;
using Autodiff.Kernels.Rows;

namespace Autodiff.Kernels;

/// <summary>y = a function of the rows of x, p and q: the lanes of a row share its elements; their sums are joined by a tree in shared memory.</summary>
internal readonly struct RowKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, RowPlan, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IRowKernel<T>
{
    /// <param name="x">The first operand.</param>
    /// <param name="p">The second operand.</param>
    /// <param name="q">The third operand.</param>
    /// <param name="y">The results; between the rounds they hold what the second round saw.</param>
    /// <param name="plan">How the work is cut.</param>
    /// <param name="op">The kernel.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> p, ArrayView<T> q, ArrayView<T> y, RowPlan plan, TOp op)
    {
        ArrayView<T> sharedA = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize), sharedB = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        int thread = Group.IdxX, lanes = 1 << plan.LaneBits, columns = 1 << plan.ColumnBits;
        int lane = plan.LanesAreNeighbours != 0 ? thread & (lanes - 1) : thread >> plan.ColumnBits;
        int column = plan.LanesAreNeighbours != 0 ? thread >> plan.LaneBits : thread & (columns - 1);
        int slot = lane * columns + column;
        uint row = (uint)(Grid.IdxX * columns + column);
        bool exists = row < plan.Rows.Count;
        Positions at = plan.Rows.At(exists ? row : 0);
        int length = exists ? plan.Length : 0;

        T a = op.Identity, b = op.Identity;
        if (TOp.HasFirst)
        {
            for (int i = lane; i < length; i += lanes)
            {
                Pair<T> found = op.First(x[at.X + i * plan.Steps.X], p[at.Y + i * plan.Steps.Y]);
                a = op.Combine(a, found.A);
                b = op.Combine(b, found.B);
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
        }
        Pair<T> first = op.FinishFirst(new Pair<T>(a, b));

        a = T.Zero;
        b = T.Zero;
        for (int i = lane; i < length; i += lanes)
        {
            T v = op.Center(x[at.X + i * plan.Steps.X], first);
            Pair<T> found = op.Second(v, p[at.Y + i * plan.Steps.Y]);
            if (TOp.Results == 0)
                y[at.W + i * plan.Steps.W] = v;
            a += found.A;
            b += found.B;
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
        Pair<T> second = op.Finish(first, new Pair<T>(sharedA[column], sharedB[column]));

        if (TOp.Results == 0)
        {
            for (int i = lane; i < length; i += lanes)
            {
                int to = at.W + i * plan.Steps.W;
                y[to] = op.Map(y[to], p[at.Y + i * plan.Steps.Y], q[at.Z + i * plan.Steps.Z], first, second);
            }
        }
        else if (exists && lane == 0)
        {
            y[at.W] = second.A;
            if (TOp.Results > 1)
                y[at.W + plan.Steps.W] = second.B;
        }
    }
}
