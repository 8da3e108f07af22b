using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Sums of squared differences, one per group of threads, and what they pass back to the predictions.</summary>
internal readonly struct SquaredErrorGradientKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SquaredErrorPlan<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="prediction">The predictions.</param>
    /// <param name="target">What they should be.</param>
    /// <param name="sums">The sum of each group.</param>
    /// <param name="gradient">The gradient of the whole sum, one element.</param>
    /// <param name="y">What is passed back.</param>
    /// <param name="plan">Where all that lies, and the factors.</param>
    public static void Run(ArrayView<T> prediction, ArrayView<T> target, ArrayView<T> sums, ArrayView<T> gradient, ArrayView<T> y, SquaredErrorPlan<T> plan)
    {
        T total = T.Zero, passed = gradient[plan.Gradient];
        for (uint i = plan.Fours.First; i < plan.Fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = plan.Fours.At(i);
            Four<T> p = at.X.Read(prediction), t = at.Y.Read(target);
            at.Z.Write(y, new Four<T>(
                plan.Op.Invoke(p.X, t.X, passed), plan.Op.Invoke(p.Y, t.Y, passed), plan.Op.Invoke(p.Z, t.Z, passed), plan.Op.Invoke(p.W, t.W, passed)));
            total += SquaredErrorKernel<T>.Sum(p, t, at.Count);
        }
        SquaredErrorKernel<T>.Store(total, sums, plan.First, plan.Scale);
    }
}
