using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Adds elements where indices say: y = x, then y[indices[i, j], j] += source[i, j] for axis 0, and so on (torch.scatter_add). Derivatives: 1 for x; the gradient, gathered, for the source.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="indices">The shape of <paramref name="source"/>; repeated ones add up, in a fixed order.</param>
    /// <param name="source">What is added; along the other axes no larger than <paramref name="x"/>.</param>
    /// <param name="axis">The axis that the indices run over; negative ones count from the end.</param>
    /// <returns>The shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or an index leaves the axis.</exception>
    public static Tensor<T> ScatterAdd<T>(this Tensor<T> x, Indices indices, Tensor<T> source, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        axis = x.Shape.Axis(axis);
        SameDevice("ScatterAdd", x, source);
        if (indices.Shape != source.Shape)
        {
            throw new ArgumentException($"ScatterAdd: the indices have shape {indices.Shape}, the source {source.Shape}; they must be the same.");
        }

        Fitting("ScatterAdd", "x", x, indices, axis);
        View<T> view = x.View, added = source.View, y = Tape.Rent<T>(x.Device, x.Shape);
        x.Device.Copy(view, y);
        if (source.Count > 0)
        {
            x.Device.ScatterAdd(added, indices.View, Facing(y, indices, axis), axis);
        }

        return Tape.Record("ScatterAdd", y,
            new Input<T>(x, (gradient, _) => gradient),
            new Input<T>(source, (gradient, _) => gradient.Gather(indices, axis)));
    }
}
