using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Repeats axes of size 1, and adds leading axes, without copying (NumPy's rules). Derivative: the sum over what was repeated.</summary>
    /// <exception cref="ArgumentException">The shape does not broadcast to <paramref name="shape"/>.</exception>
    public static Tensor<T> BroadcastTo<T>(this Tensor<T> x, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Shape == shape)
        {
            return x;
        }

        View<T> view = x.View;
        return Tape.Record("BroadcastTo", view.With(view.Layout.BroadcastTo(shape)), new Input<T>(x, (gradient, _) => gradient.SumTo(x.Shape)));
    }
}
