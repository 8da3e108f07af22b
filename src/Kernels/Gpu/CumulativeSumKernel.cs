using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Running sums along one axis, one thread per line.</summary>
internal readonly struct CumulativeSumKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, Walk, Positions, int, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">The elements.</param>
    /// <param name="y">The running sums.</param>
    /// <param name="lines">Over the lines of x and y.</param>
    /// <param name="steps">The steps of x and y along the axis.</param>
    /// <param name="length">The length of the axis.</param>
    /// <param name="reverse">1 to begin at the far end.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> y, Walk lines, Positions steps, int length, int reverse)
    {
        for (uint i = Threads.First; i < lines.Count; i += Threads.Count)
        {
            Positions at = lines.At(i);
            T total = T.Zero;
            for (int k = 0; k < length; k++)
            {
                int place = reverse != 0 ? length - 1 - k : k;
                total += x[at.X + place * steps.X];
                y[at.Y + place * steps.Y] = total;
            }
        }
    }
}
