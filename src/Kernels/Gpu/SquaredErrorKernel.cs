using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Sums of squared differences, one per group of threads.</summary>
internal readonly struct SquaredErrorKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, Walk, T, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="prediction">The predictions.</param>
    /// <param name="target">What they should be.</param>
    /// <param name="sums">The sum of group i at <paramref name="first"/> + i.</param>
    /// <param name="walk">Over prediction and target.</param>
    /// <param name="scale">The factor of the sums.</param>
    /// <param name="first">Where the sums begin.</param>
    public static void Run(ArrayView<T> prediction, ArrayView<T> target, ArrayView<T> sums, Walk walk, T scale, int first)
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(ReducePlan.MaxGroupSize);
        T total = T.Zero;
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
        {
            Positions at = walk.At(i);
            T difference = prediction[at.X] - target[at.Y];
            total += difference * difference;
        }
        int thread = Group.IdxX;
        for (int other = Group.DimX >> 1; other > 0; other >>= 1)
        {
            shared[thread] = total;
            Group.Barrier();
            if (thread < other)
                total += shared[thread + other];
            Group.Barrier();
        }
        if (thread == 0)
            sums[first + Grid.IdxX] = total * scale;
    }
}
