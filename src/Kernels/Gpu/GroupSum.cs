using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The sum of one number of each thread of a group, by a tree.</summary>
internal static class GroupSum
{
    /// <summary>The sum, for thread 0; the other threads get parts of it. All threads of the group must call it together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T total)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        int thread = Group.IdxX, other = 1;
        while (2 * other < Group.DimX)
        {
            other *= 2;
        }

        for (; other > 0; other >>= 1)
        {
            shared[thread] = total;
            Group.Barrier();
            if (thread < other && thread + other < Group.DimX)
            {
                total += shared[thread + other];
            }

            Group.Barrier();
        }

        return total;
    }
}
