using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Picks elements along an axis by index: y[i, j] = x[indices[i, j], j] for axis 0, and so on (torch.gather). Derivative: the gradient, added up where it was picked from.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="indices">As many axes as <paramref name="x"/>; along the others no larger than it.</param>
    /// <param name="axis">The axis that the indices run over; negative ones count from the end.</param>
    /// <returns>The shape of <paramref name="indices"/>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or an index leaves the axis.</exception>
    public static Tensor<T> Gather<T>(this Tensor<T> x, Indices indices, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        axis = x.Shape.Axis(axis);
        Fitting("Gather", "x", x, indices, axis);
        View<T> view = x.View, y = Tape.Rent<T>(x.Device, indices.Shape);
        if (y.Count > 0)
        {
            x.Device.Gather(Facing(view, indices, axis), indices.View, y, axis);
        }

        return Tape.Record("Gather", y, new Input<T>(x, (gradient, _) => Tensor.Zeros<T>(x.Shape, x.Device).ScatterAdd(indices, gradient, axis)));
    }

    private static void Fitting<T>(string operation, string name, Tensor<T> x, Indices indices, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (indices.Device != x.Device)
        {
            throw new ArgumentException($"{operation}: the indices are on {indices.Device.Name}, {name} on {x.Device.Name}; make the indices there.");
        }

        if (indices.Shape.Rank != x.Rank)
        {
            throw new ArgumentException($"{operation}: the indices have shape {indices.Shape}, {name} {x.Shape}; they need as many axes. Use IndexSelect for whole rows, or Reshape the indices.");
        }

        for (int other = 0; other < x.Rank; other++)
        {
            if (other != axis && indices.Shape[other] > x.Shape[other])
            {
                throw new ArgumentException($"{operation}: the indices have shape {indices.Shape}, {name} {x.Shape}; along axis {other} they must not be larger than it.");
            }
        }
        indices.RefuseOutside(operation, x.Shape, axis);
    }

    // The part of x that indices of a smaller shape reach.
    private static View<T> Facing<T>(View<T> view, Indices indices, int axis)
        where T : unmanaged
    {
        Layout layout = view.Layout;
        for (int other = 0; other < layout.Shape.Rank; other++)
        {
            if (other != axis)
            {
                layout = layout.Slice(other, 0, indices.Shape[other]);
            }
        }
        return view.With(layout);
    }
}
