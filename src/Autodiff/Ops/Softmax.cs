using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Softmax along an axis: yᵢ = e^xᵢ / Σ e^xⱼ, without overflow. Derivative: dyᵢ/dxⱼ = yᵢ (δᵢⱼ - yⱼ).</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis along which the result sums to 1; negative ones count from the end.</param>
    /// <remarks>Rows of -∞ alone, and rows with an ∞, give NaN, as in PyTorch.</remarks>
    public static Tensor<T> Softmax<T>(this Tensor<T> x, int axis = -1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> y = Shifted(x, axis, out Shape reduced);
        x.Device.Map(y, y, new Exp<T>());
        using Storage<T> temporary = new(x.Device, reduced.Count);
        View<T> total = new(temporary, new Layout(reduced));
        x.Device.Reduce(y, total, new Sum<T>(T.One));
        x.Device.Zip(y, total.With(total.Layout.BroadcastTo(y.Shape)), y, new Divide<T>());
        return Tape.Record("Softmax", y, new Input<T>(x, (gradient, y) =>
        {
            Tensor<T> weighted = gradient * y;
            return weighted - y * weighted.Sum([axis], keepAxes: true);
        }));
    }

    // x minus its largest element along the axis: then no exponential overflows.
    private static View<T> Shifted<T>(Tensor<T> x, int axis, out Shape reduced)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = x.View;
        reduced = x.Shape.With(axis, 1);
        View<T> y = Tape.Rent<T>(x.Device, x.Shape);
        using Storage<T> temporary = new(x.Device, reduced.Count);
        View<T> top = new(temporary, new Layout(reduced));
        x.Device.Reduce(view, top, new Max<T>());
        x.Device.Zip(view, top.With(top.Layout.BroadcastTo(y.Shape)), y, new Subtract<T>());
        return y;
    }
}
