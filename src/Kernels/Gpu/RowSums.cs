using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The sums of the left factor's rows, which groups of their own make beside those that multiply: of a gradient of weights, the gradient of the bias.</summary>
/// <remarks>Each group has as many rows as keep neighbouring threads at neighbouring elements, and adds each by lanes, then the lanes in their order.</remarks>
internal static class RowSums<T, TMajor>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TMajor : struct, IMajor
{
    private const int Neighbours = 32;

    /// <summary>How many rows a group of a number of threads takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowsOf(int threads) => TMajor.SummedIsContiguous ? threads / Neighbours : Neighbours;

    /// <summary>Makes the sums of a group's rows and gives them to the epilogue, if the group is one of those that do this; the others come by.</summary>
    /// <remarks>
    /// Groups that make sums go on to multiply a tile beyond the last, without summands: barriers that some groups pass and others do not make PoCL's compiler, at least that of
    /// version 6, write outside of its memory.
    /// </remarks>
    /// <param name="left">The left factor.</param>
    /// <param name="plan">How it lies.</param>
    /// <param name="epilogue">What is made of each sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TEpilogue>(ArrayView<T> left, GemmPlan plan, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        int thread = Group.IdxX, rows = RowsOf(Group.DimX), lanes = TMajor.SummedIsContiguous ? Neighbours : Group.DimX / Neighbours;
        int within = TMajor.SummedIsContiguous ? thread / Neighbours : thread % Neighbours, lane = TMajor.SummedIsContiguous ? thread % Neighbours : thread / Neighbours;
        int row = (Grid.IdxX - plan.TileCount) * rows + within, along = TMajor.SummedIsContiguous ? 1 : plan.LeftLeading;
        // A group may have some threads more than whole rows of lanes. Sums are never cut, so that groups of further chunks have nothing to do.
        bool takesPart = Grid.IdxX >= plan.TileCount && Grid.IdxY == 0 && within < rows && lane < lanes && row < plan.Rows;
        T sum = T.Zero;
        if (takesPart)
        {
            int at = plan.Batches.Start.X + row * (TMajor.SummedIsContiguous ? plan.LeftLeading : 1) + lane * along, step = lanes * along, k = lane;
            for (; k + 3 * lanes < plan.Depth; k += 4 * lanes)
            {
                T first = left[at], second = left[at + step], third = left[at + 2 * step], fourth = left[at + 3 * step];
                sum = sum + first + second + third + fourth;
                at += 4 * step;
            }

            for (; k < plan.Depth; k += lanes)
            {
                sum += left[at];
                at += step;
            }

            shared[thread] = sum;
        }

        Group.Barrier();
        if (takesPart && lane == 0)
        {
            for (int other = 1; other < lanes; other++)
            {
                sum += shared[thread + other * (TMajor.SummedIsContiguous ? 1 : Neighbours)];
            }

            epilogue.StoreSum(row, sum);
        }
    }
}
