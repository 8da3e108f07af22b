using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Surrounds a tensor with a constant. Derivative: the gradient without the border.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="widths">For each axis, outermost first, how many elements to put before and after (as in NumPy; PyTorch counts from the last axis).</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ArgumentException">There is not one pair per axis, or a width is negative.</exception>
    public static Tensor<T> Pad<T>(this Tensor<T> x, ReadOnlySpan<(int Before, int After)> widths, T value = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (widths.Length != x.Rank)
        {
            throw new ArgumentException($"Pad: {widths.Length} pairs of widths for shape {x.Shape}; give one pair (before, after) for each of its {x.Rank} axes, (0, 0) for those to leave.");
        }

        AxisRange[] window = Whole(x.Shape);
        Shape shape = x.Shape;
        for (int axis = 0; axis < window.Length; axis++)
        {
            (int before, int after) = widths[axis];
            if (before < 0 || after < 0)
            {
                throw new ArgumentException($"Pad: the widths of axis {axis} are ({before}, {after}); they must not be negative. Remove elements with Slice.");
            }

            shape = shape.With(axis, before + x.Shape[axis] + after);
            window[axis] = new AxisRange(before, x.Shape[axis], 1);
        }
        return Embed("Pad", x, shape, window, value);
    }
}
