using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Joins neighbouring axes into one, by default all of them. Derivative: the gradient, reshaped back.</summary>
    /// <param name="x">Any shape; a scalar becomes one element.</param>
    /// <param name="first">The first axis to join; negative ones count from the end.</param>
    /// <param name="last">The last axis to join; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">The last axis stands before the first.</exception>
    public static Tensor<T> Flatten<T>(this Tensor<T> x, int first = 0, int last = -1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank == 0 && first is 0 or -1 && last is 0 or -1)
        {
            return x.Reshape([1]);
        }

        int from = x.Shape.Axis(first), to = x.Shape.Axis(last);
        if (to < from)
        {
            throw new ArgumentException($"Flatten: the last axis, {last}, stands before the first, {first}, in {x.Shape}.");
        }

        ReadOnlySpan<int> sizes = x.Shape.AsSpan();
        int joined = 1;
        foreach (int size in sizes[from..(to + 1)])
        {
            joined *= size;
        }

        return x.Reshape(new Shape([.. sizes[..from], joined, .. sizes[(to + 1)..]]));
    }
}
