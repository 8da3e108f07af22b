using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The sum of a result's chunks, in their order.</summary>
internal static class ChunkSum
{
    /// <summary>The sum of every <paramref name="step"/>-th element from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(ArrayView<T> chunks, int at, int step, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        int chunk = 0;
        // Four reads are under way at a time; the order of the sum is that of the chunks.
        for (; chunk + 4 <= count; chunk += 4)
        {
            T first = chunks[at], second = chunks[at + step], third = chunks[at + 2 * step], fourth = chunks[at + 3 * step];
            sum = sum + first + second + third + fourth;
            at += 4 * step;
        }

        for (; chunk < count; chunk++)
        {
            sum += chunks[at];
            at += step;
        }

        return sum;
    }
}
