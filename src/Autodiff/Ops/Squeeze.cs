using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Without an axis of size 1. Derivative: the gradient with the axis put back.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis, of size 1; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">The axis has another size (PyTorch then silently does nothing).</exception>
    public static Tensor<T> Squeeze<T>(this Tensor<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Shape[axis] == 1
            ? x.Reshape(Without(x.Shape, [axis]))
            : throw new ArgumentException($"Squeeze: axis {axis} of {x.Shape} has size {x.Shape[axis]}; only axes of size 1 can be dropped.");

    /// <summary>With a new axis of size 1. Derivative: the gradient without it.</summary>
    /// <param name="x">Any shape of fewer than eight axes.</param>
    /// <param name="axis">Where the new axis stands in the result, from 0 to the rank; negative ones count from the end of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static Tensor<T> Unsqueeze<T>(this Tensor<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int place = axis < 0 ? axis + x.Rank + 1 : axis;
        if (place < 0 || place > x.Rank)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Unsqueeze: the result for shape {x.Shape} has {x.Rank + 1} axes; there is no place {axis}.");
        }

        ReadOnlySpan<int> sizes = x.Shape.AsSpan();
        return x.Reshape(new Shape([.. sizes[..place], 1, .. sizes[place..]]));
    }
}
