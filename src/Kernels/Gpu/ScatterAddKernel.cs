using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y at given places of one axis += x. One thread per line along the axis, so that sums are made in the order of x without atomics.</summary>
internal readonly struct ScatterAddKernel<T> : IKernel<ArrayView<T>, ArrayView<int>, ArrayView<T>, Walk, Positions, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">The elements to add.</param>
    /// <param name="indices">The places.</param>
    /// <param name="y">The sums.</param>
    /// <param name="lines">Over the lines of x, indices and y.</param>
    /// <param name="steps">The steps of x, indices and y along the axis.</param>
    /// <param name="length">The length of the axis in x.</param>
    public static void Run(ArrayView<T> x, ArrayView<int> indices, ArrayView<T> y, Walk lines, Positions steps, int length)
    {
        for (uint i = Threads.First; i < lines.Count; i += Threads.Count)
        {
            Positions at = lines.At(i);
            for (int k = 0; k < length; k++)
            {
                int target = at.Z + indices[at.Y + k * steps.Y] * steps.Z;
                y[target] = y[target] + x[at.X + k * steps.X];
            }
        }
    }
}
