using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Tensors one after the other along an existing axis. Derivative: each gets its part of the gradient.</summary>
    /// <param name="tensors">At least one, of the same shape but for the axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">There is no tensor, the shapes differ elsewhere, or the devices differ.</exception>
    public static Tensor<T> Concatenate<T>(ReadOnlySpan<Tensor<T>> tensors, int axis = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tensors.Length == 0)
        {
            throw new ArgumentException("Concatenate: there is no tensor; give at least one.");
        }

        Shape first = tensors[0].Shape;
        axis = first.Axis(axis);
        long size = 0;
        for (int i = 0; i < tensors.Length; i++)
        {
            SameDevice("Concatenate", tensors[0], tensors[i]);
            Shape shape = tensors[i].Shape;
            if (shape.Rank != first.Rank || shape.With(axis, first[axis]) != first)
            {
                throw new ArgumentException($"Concatenate: tensor {i} has shape {shape}, tensor 0 {first}; they may differ only along axis {axis}.");
            }

            size += shape[axis];
        }
        View<T> y = Tape.Rent<T>(tensors[0].Device, first.With(axis, checked((int)size)));
        Input<T>[] inputs = new Input<T>[tensors.Length];
        for (int i = 0, start = 0; i < tensors.Length; i++)
        {
            int from = start, count = tensors[i].Shape[axis];
            y.Device.Copy(tensors[i].View, y.With(y.Layout.Slice(axis, from, count)));
            inputs[i] = new Input<T>(tensors[i], (gradient, _) => gradient.Slice(axis, from, count));
            start += count;
        }
        return Tape.Record("Concatenate", y, inputs);
    }
}
