using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The elements start, start + step, ... of one axis, without copying. Derivative: the gradient in their places, 0 elsewhere.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="start">The first element.</param>
    /// <param name="count">How many.</param>
    /// <param name="step">How far apart, at least 1.</param>
    /// <exception cref="ArgumentException">The elements leave the axis, or the step is not positive.</exception>
    public static Tensor<T> Slice<T>(this Tensor<T> x, int axis, int start, int count, int step = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AxisRange[] window = Whole(x.Shape);
        window[x.Shape.Axis(axis)] = new AxisRange(start, count, step);
        return Cut("Slice", x, window);
    }

    /// <summary>A C# range along each of the leading axes, as in <c>x[.., 2..^1]</c>, without copying. Derivative: the gradient in their places, 0 elsewhere.</summary>
    /// <param name="x">At least as many axes as ranges.</param>
    /// <param name="ranges">One per axis, outermost first; axes without one are taken whole.</param>
    /// <exception cref="ArgumentException">There are more ranges than axes, or one leaves its axis.</exception>
    public static Tensor<T> Slice<T>(this Tensor<T> x, params ReadOnlySpan<Range> ranges)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (ranges.Length > x.Rank)
        {
            throw new ArgumentException($"Slice: {ranges.Length} ranges for shape {x.Shape}, which has {x.Rank} axes.");
        }

        AxisRange[] window = Whole(x.Shape);
        for (int axis = 0; axis < ranges.Length; axis++)
        {
            int size = x.Shape[axis], start = ranges[axis].Start.GetOffset(size), end = ranges[axis].End.GetOffset(size);
            if (start < 0 || end < start || end > size)
            {
                throw new ArgumentException($"Slice: the range {ranges[axis]} leaves axis {axis} of {x.Shape}, which has {size} elements.");
            }

            window[axis] = new AxisRange(start, end - start, 1);
        }
        return Cut("Slice", x, window);
    }

    /// <summary>One element of an axis, which disappears, without copying. Derivative: the gradient in its place, 0 elsewhere.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">Which element.</param>
    public static Tensor<T> Select<T>(this Tensor<T> x, int axis, int index)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Slice(axis, index, 1).Squeeze(axis);
}
