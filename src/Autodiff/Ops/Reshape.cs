using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The same elements in the same order under another shape; a view where the strides allow it, else a copy. Derivative: the gradient, reshaped back.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="shape">A shape with as many elements.</param>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    public static Tensor<T> Reshape<T>(this Tensor<T> x, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Shape == shape)
        {
            return x;
        }

        View<T> view = x.View;
        if (!view.Layout.TryReshape(shape, out Layout layout))
        {
            View<T> copy = Tape.Rent<T>(x.Device, x.Shape);
            x.Device.Copy(view, copy);
            (view, layout) = (copy, new Layout(shape));
        }
        return Tape.Record("Reshape", view.With(layout), new Input<T>(x, (gradient, _) => gradient.Reshape(x.Shape)));
    }
}
