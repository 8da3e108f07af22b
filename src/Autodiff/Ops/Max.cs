using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The largest of all elements; NaN if any is. Derivative: 1 for it, shared evenly among ties.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static Tensor<T> Max<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Max(AllAxes(x.Rank));

    /// <summary>The largest elements along some axes; NaN if any is. Derivative: 1 for the largest, shared evenly among ties (PyTorch's amax).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes to search; negative ones count from the end.</param>
    /// <param name="keepAxes">Leave those axes in place with size 1.</param>
    /// <exception cref="ArgumentException">There are no elements along the axes.</exception>
    public static Tensor<T> Max<T>(this Tensor<T> x, ReadOnlySpan<int> axes, bool keepAxes = false)
        where T : unmanaged, IFloatingPointIeee754<T> => Extremum("Max", x, axes, keepAxes, new Kernels.Reductions.Max<T>());

    /// <summary>Runs a maximum or minimum; the gradient is shared evenly among ties.</summary>
    private static Tensor<T> Extremum<T, TKernel>(string operation, Tensor<T> x, ReadOnlySpan<int> axes, bool keepAxes, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IReductionKernel<T>
    {
        Shape rest = Without(x.Shape, axes);
        if (CountAlong(x.Shape, axes) == 0 && rest.Count > 0)
        {
            throw new ArgumentException($"{operation}: shape {x.Shape} has no elements along the axes [{string.Join(", ", axes.ToArray())}]; of nothing there is no {operation}.");
        }

        Tensor<T> y = Reduced(operation, x, axes, kernel, (gradient, y) =>
        {
            Tensor<T> ties = x.EqualTo(y);
            return gradient * ties / ties.SumTo(gradient.Shape);
        });
        return keepAxes ? y : y.Reshape(rest);
    }
}
