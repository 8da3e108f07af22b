using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Running sums along one axis: each lane adds up four elements, the lanes' sums are scanned in shared memory, and the total is carried to the next elements.</summary>
/// <remarks>
/// The scan is that of Hillis and Steele 1986: a sum is made of sums of neighbours before it, so that what is not finite spoils nothing before it. The order of
/// additions depends on the layouts alone.
/// </remarks>
internal readonly struct CumulativeSumKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ScanPlan>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">The elements.</param>
    /// <param name="y">The running sums.</param>
    /// <param name="totals">The sums of chunks: those of a line side by side.</param>
    /// <param name="plan">How the work is cut.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<T> totals, ScanPlan plan)
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        int thread = Group.IdxX, lanes = 1 << plan.LaneBits, columns = 1 << plan.ColumnBits;
        int lane = plan.LanesAreNeighbours != 0 ? thread & (lanes - 1) : thread >> plan.ColumnBits;
        int column = plan.LanesAreNeighbours != 0 ? thread >> plan.LaneBits : thread & (columns - 1);
        int slot = lane * columns + column;
        uint line = (uint)(Grid.IdxX * columns + column);
        bool exists = line < plan.Lines.Count;
        Positions at = plan.Lines.At(exists ? line : 0);
        int begin = Grid.IdxY * plan.Chunk, end = IntrinsicMath.Min(plan.Length, begin + plan.Chunk), place = (int)line * plan.Chunks + Grid.IdxY;
        T carry = plan.Stage == ScanPlan.Continued && Grid.IdxY > 0 && exists ? totals[place - 1] : T.Zero;
        for (int tile = begin; tile < end; tile += 4 * lanes)
        {
            int i = tile + 4 * lane, count = exists ? IntrinsicMath.Max(0, IntrinsicMath.Min(4, end - i)) : 0;
            Four<T> v = default;
            if (count > 0)
            {
                v = Turned(At(at.X, plan.Steps.X, plan.Access.X, i, count, plan).Read(x), plan.Access.X, count, plan);
            }

            if (count > 1)
            {
                v.Y += v.X;
            }

            if (count > 2)
            {
                v.Z += v.Y;
            }

            if (count > 3)
            {
                v.W += v.Z;
            }

            T sum = count > 3 ? v.W : count > 2 ? v.Z : count > 1 ? v.Y : v.X, before = T.Zero, total = sum;
            if (lanes > 1)
            {
                shared[slot] = sum;
                Group.Barrier();
                for (int distance = 1; distance < lanes; distance <<= 1)
                {
                    T other = lane >= distance ? shared[slot - distance * columns] : T.Zero;
                    Group.Barrier();
                    sum = other + sum;
                    shared[slot] = sum;
                    Group.Barrier();
                }
                before = lane > 0 ? shared[slot - columns] : T.Zero;
                total = shared[(lanes - 1) * columns + column];
                Group.Barrier();
            }
            before = carry + before;
            carry += total;
            if (plan.Stage != ScanPlan.Totals && count > 0)
            {
                v = new Four<T>(before + v.X, before + v.Y, before + v.Z, before + v.W);
                At(at.Y, plan.Steps.Y, plan.Access.Y, i, count, plan).Write(y, Turned(v, plan.Access.Y, count, plan));
            }
        }
        if (plan.Stage == ScanPlan.Totals && lane == 0 && exists)
        {
            totals[place] = carry;
        }
    }

    /// <summary>Where four elements of a line lie; whole ones from the lowest place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Places At(int start, int step, int access, int i, int count, ScanPlan plan)
    {
        int first = start + (plan.Reverse != 0 ? plan.Length - 1 - i : i) * step, next = plan.Reverse != 0 ? -step : step;
        if (plan.Reverse != 0 && access != 0 && count == 4)
        {
            first -= 3;
        }

        return new Places(first, count > 1 ? first + next : first, count > 2 ? first + 2 * next : first, count > 3 ? first + 3 * next : first, count, access);
    }

    /// <summary>Whole fours of a line that is walked from its far end the other way round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four<T> Turned(Four<T> v, int access, int count, ScanPlan plan) =>
        plan.Reverse != 0 && access != 0 && count == 4 ? new Four<T>(v.W, v.Z, v.Y, v.X) : v;
}
