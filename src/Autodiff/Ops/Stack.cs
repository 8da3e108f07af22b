using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Tensors one after the other along a new axis. Derivative: each gets its part of the gradient.</summary>
    /// <param name="tensors">At least one, all of the same shape.</param>
    /// <param name="axis">Where the new axis stands in the result; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">There is no tensor, or the shapes or devices differ.</exception>
    public static Tensor<T> Stack<T>(ReadOnlySpan<Tensor<T>> tensors, int axis = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tensors.Length == 0)
        {
            throw new ArgumentException("Stack: there is no tensor; give at least one.");
        }

        Tensor<T>[] layers = new Tensor<T>[tensors.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i].Shape != tensors[0].Shape)
            {
                throw new ArgumentException($"Stack: tensor {i} has shape {tensors[i].Shape}, tensor 0 {tensors[0].Shape}; they must be the same.");
            }

            layers[i] = tensors[i].Unsqueeze(axis);
        }
        return Concatenate<T>(layers, axis);
    }
}
