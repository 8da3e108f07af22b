using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The axes in another order, without copying. Derivative: the gradient with the order undone.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="order">Axis i of the result is axis order[i] of <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not a permutation of the axes.</exception>
    public static Tensor<T> Permute<T>(this Tensor<T> x, params ReadOnlySpan<int> order)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = x.View;
        Layout layout = view.Layout.Permute(order);
        int[] inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
        {
            inverse[x.Shape.Axis(order[axis])] = axis;
        }

        return Tape.Record("Permute", view.With(layout), new Input<T>(x, (gradient, _) => gradient.Permute(inverse)));
    }

    /// <summary>The last two axes swapped, without copying: the matrix transpose, batch by batch. Derivative: the gradient, transposed.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static Tensor<T> Transpose<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Transpose(-2, -1);

    /// <summary>Two axes swapped, without copying. Derivative: the gradient with the same axes swapped.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static Tensor<T> Transpose<T>(this Tensor<T> x, int axis, int otherAxis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank < 2)
        {
            throw new ArgumentException($"Transpose: shape {x.Shape} has {x.Rank} axes; two are needed. Add one with Reshape.");
        }

        Span<int> order = stackalloc int[x.Rank];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order[x.Shape.Axis(axis)] = x.Shape.Axis(otherAxis);
        order[x.Shape.Axis(otherAxis)] = x.Shape.Axis(axis);
        return x.Permute(order);
    }
}
