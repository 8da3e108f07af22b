using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Running sum along an axis: yᵢ = x₀ + ... + xᵢ. Derivative: the running sum of the gradient from the other end.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="reverse">Sum from the far end instead: yᵢ = xᵢ + ... + xₙ.</param>
    public static Tensor<T> CumulativeSum<T>(this Tensor<T> x, int axis, bool reverse = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        axis = x.Shape.Axis(axis);
        View<T> view = x.View, y = Tape.Rent<T>(x.Device, x.Shape);
        x.Device.CumulativeSum(view, y, axis, reverse);
        return Tape.Record("CumulativeSum", y, new Input<T>(x, (gradient, _) => gradient.CumulativeSum(axis, !reverse)));
    }
}
