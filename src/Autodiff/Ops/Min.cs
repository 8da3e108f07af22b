using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The smallest of all elements; NaN if any is. Derivative: 1 for it, shared evenly among ties.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor<T> Min<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Min(AllAxes(x.Rank));

    /// <summary>The smallest elements along some axes; NaN if any is. Derivative: 1 for the smallest, shared evenly among ties (PyTorch's amin).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes to search; negative ones count from the end.</param>
    /// <param name="keepAxes">Leave those axes in place with size 1.</param>
    /// <exception cref="ArgumentException">There are no elements along the axes.</exception>
    public static Tensor<T> Min<T>(this Tensor<T> x, ReadOnlySpan<int> axes, bool keepAxes = false)
        where T : unmanaged, IFloatingPointIeee754<T> => Extremum("Min", x, axes, keepAxes, new Kernels.Reductions.Min<T>());
}
