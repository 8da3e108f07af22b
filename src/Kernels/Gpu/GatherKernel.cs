using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = x at given places of one axis.</summary>
internal readonly struct GatherKernel<T> : IKernel<ArrayView<T>, ArrayView<int>, ArrayView<T>, Fours, int, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">The elements.</param>
    /// <param name="indices">The places.</param>
    /// <param name="y">The gathered elements.</param>
    /// <param name="fours">Over x (its axis standing still), indices and y.</param>
    /// <param name="step">The step of x along the axis.</param>
    /// <param name="access">What is known of four neighbours once they are moved along the axis: <see cref="Fours.Whole"/> or nothing.</param>
    public static void Run(ArrayView<T> x, ArrayView<int> indices, ArrayView<T> y, Fours fours, int step, int access)
    {
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = fours.At(i);
            at.Z.Write(y, at.X.Moved(at.Y.Read(indices), step, access).Read(x));
        }
    }
}
