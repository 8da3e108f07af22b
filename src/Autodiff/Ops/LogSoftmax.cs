using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Logarithm of the softmax along an axis: yᵢ = xᵢ - ln Σ e^xⱼ, without overflow or loss. Derivative: dyᵢ/dxⱼ = δᵢⱼ - e^yⱼ.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis along which the exponentials of the result sum to 1; negative ones count from the end.</param>
    /// <remarks>Rows of -∞ alone, and rows with an ∞, give NaN, as in PyTorch.</remarks>
    public static Tensor<T> LogSoftmax<T>(this Tensor<T> x, int axis = -1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> y = Shifted(x, axis, out Shape reduced);
        using Storage<T> exponentials = new(x.Device, y.Count), totals = new(x.Device, reduced.Count);
        View<T> exponential = new(exponentials, new Layout(y.Shape)), total = new(totals, new Layout(reduced));
        x.Device.Map(y, exponential, new Exp<T>());
        x.Device.Reduce(exponential, total, new Sum<T>(T.One));
        x.Device.Map(total, total, new Log<T>());
        x.Device.Zip(y, total.With(total.Layout.BroadcastTo(y.Shape)), y, new Subtract<T>());
        return Tape.Record("LogSoftmax", y, new Input<T>(x, (gradient, y) => gradient - y.Exp() * gradient.Sum([axis], keepAxes: true)));
    }
}
