using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Mean of all elements: y = Σ xᵢ / n; NaN for none. Derivative: dy/dxᵢ = 1 / n.</summary>
    public static Tensor<T> Mean<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Mean(AllAxes(x.Rank));

    /// <summary>Mean over some axes; NaN over none. Derivative: dy/dxᵢ = 1 / n for the n elements that went into it.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes to average over; negative ones count from the end.</param>
    /// <param name="keepAxes">Leave the averaged axes in place with size 1.</param>
    public static Tensor<T> Mean<T>(this Tensor<T> x, ReadOnlySpan<int> axes, bool keepAxes = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T count = T.CreateChecked(CountAlong(x.Shape, axes));
        Tensor<T> y = Reduced("Mean", x, axes, new Kernels.Reductions.Sum<T>(T.One / count), (gradient, _) => (gradient / count).BroadcastTo(x.Shape));
        return keepAxes ? y : y.Reshape(Without(x.Shape, axes));
    }
}
