using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Sums of squared differences, one per group of threads.</summary>
internal readonly struct SquaredErrorKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, Fours, T, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="prediction">The predictions.</param>
    /// <param name="target">What they should be.</param>
    /// <param name="sums">The sum of group i at <paramref name="first"/> + i.</param>
    /// <param name="fours">Over target and prediction.</param>
    /// <param name="scale">The factor of the sums.</param>
    /// <param name="first">Where the sums begin.</param>
    public static void Run(ArrayView<T> prediction, ArrayView<T> target, ArrayView<T> sums, Fours fours, T scale, int first)
    {
        T total = T.Zero;
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = fours.At(i);
            Four<T> t = at.X.Read(target), p = at.Y.Read(prediction);
            total += Sum(p, t, at.Count);
        }
        Store(total, sums, first, scale);
    }

    /// <summary>The sum of squares of the first differences of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Four<T> p, Four<T> t, int count)
    {
        T a = p.X - t.X, b = p.Y - t.Y, c = p.Z - t.Z, d = p.W - t.W;
        T sum = a * a;
        if (count > 1)
        {
            sum += b * b;
        }

        if (count > 2)
        {
            sum += c * c;
        }

        if (count > 3)
        {
            sum += d * d;
        }

        return sum;
    }

    /// <summary>Adds the sums of a group's threads and stores the result, scaled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T total, ArrayView<T> sums, int first, T scale)
    {
        total = GroupSum.Of(total);
        if (Group.IdxX == 0)
        {
            sums[first + Grid.IdxX] = total * scale;
        }
    }
}
