using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = x at given places of one axis.</summary>
internal readonly struct GatherKernel<T> : IKernel<ArrayView<T>, ArrayView<int>, ArrayView<T>, Walk, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">The elements.</param>
    /// <param name="indices">The places.</param>
    /// <param name="y">The gathered elements.</param>
    /// <param name="walk">Over x (its axis standing still), indices and y.</param>
    /// <param name="step">The step of x along the axis.</param>
    public static void Run(ArrayView<T> x, ArrayView<int> indices, ArrayView<T> y, Walk walk, int step)
    {
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
        {
            Positions at = walk.At(i);
            y[at.Z] = x[at.X + indices[at.Y] * step];
        }
    }
}
