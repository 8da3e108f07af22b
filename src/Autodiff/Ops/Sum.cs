using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Sum of all elements: y = Σ xᵢ. Derivative: dy/dxᵢ = 1.</summary>
    public static Tensor<T> Sum<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Sum(AllAxes(x.Rank));

    /// <summary>Sum over some axes. Derivative: dy/dxᵢ = 1 for the elements that went into it.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes to sum over; negative ones count from the end; none leaves the elements as they are.</param>
    /// <param name="keepAxes">Leave the summed axes in place with size 1.</param>
    public static Tensor<T> Sum<T>(this Tensor<T> x, ReadOnlySpan<int> axes, bool keepAxes = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> y = Reduced("Sum", x, axes, new Sum<T>(T.One), (gradient, _) => gradient.BroadcastTo(x.Shape));
        return keepAxes ? y : y.Reshape(Without(x.Shape, axes));
    }

    /// <summary>Sums the axes along which <paramref name="x"/> was broadcast from <paramref name="shape"/>: the derivative of broadcasting.</summary>
    internal static Tensor<T> SumTo<T>(this Tensor<T> x, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Shape == shape)
        {
            return x;
        }

        Span<int> axes = stackalloc int[Shape.MaxRank];
        int count = 0, added = x.Rank - shape.Rank;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if (axis < added || (shape[axis - added] == 1 && x.Shape[axis] != 1))
            {
                axes[count++] = axis;
            }
        }
        return x.Sum(axes[..count], keepAxes: true).Reshape(shape);
    }
}
