using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Whole rows (or columns, ...) by index: y[i, ...] = x[indices[i], ...] for axis 0 (torch.index_select). Derivative: the gradient, added up where it was picked from.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="indices">One axis.</param>
    /// <param name="axis">The axis that the indices run over; negative ones count from the end.</param>
    /// <returns>The shape of <paramref name="x"/> with as many elements along the axis as there are indices.</returns>
    /// <exception cref="ArgumentException">The indices have not one axis, or one leaves the axis of x.</exception>
    public static Tensor<T> IndexSelect<T>(this Tensor<T> x, Indices indices, int axis = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        axis = x.Shape.Axis(axis);
        if (indices.Shape.Rank != 1)
        {
            throw new ArgumentException($"IndexSelect: the indices have shape {indices.Shape}; one axis is needed. Use Gather to pick single elements.");
        }

        indices.RefuseOutside("IndexSelect", x.Shape, axis);
        Shape along = [indices.Count];
        for (int other = axis + 1; other < x.Rank; other++)
        {
            along = [.. along.AsSpan(), 1];
        }

        return x.Gather(indices.Reshape(along).BroadcastTo(x.Shape.With(axis, indices.Count)), axis);
    }
}
