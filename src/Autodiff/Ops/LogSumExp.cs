using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Logarithm of the summed exponentials of all elements: y = ln Σ e^xᵢ, without overflow. Derivative: dy/dxᵢ = e^(xᵢ - y), the softmax.</summary>
    public static Tensor<T> LogSumExp<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.LogSumExp(AllAxes(x.Rank));

    /// <summary>Logarithm of the summed exponentials over some axes: y = ln Σ e^xᵢ, without overflow. Derivative: dy/dxᵢ = e^(xᵢ - y), the softmax.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes to sum over; negative ones count from the end.</param>
    /// <param name="keepAxes">Leave those axes in place with size 1.</param>
    /// <remarks>As in PyTorch: -∞ for rows of -∞ and for no elements, ∞ where any element is; the derivative of such rows is NaN at the infinite elements.</remarks>
    public static Tensor<T> LogSumExp<T>(this Tensor<T> x, ReadOnlySpan<int> axes, bool keepAxes = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> constant = x.Detach(), y;
        if (CountAlong(x.Shape, axes) == 0)
        {
            y = constant.Sum(axes, keepAxes: true).Log();
        }
        else if (axes.Length == 1 && SuitsRowKernels(x.Shape, axes[0]))
        {
            y = new Tensor<T>(RunRows(constant, axes[0], new Kernels.Rows.LogSumExp<T>()));
        }
        else
        {
            y = LogSumExpInSteps(constant, axes);
        }
        Tensor<T> recorded = Tape.Record("LogSumExp", y.View, new Input<T>(x, (gradient, y) => gradient * (x - y).Exp()));
        return keepAxes ? recorded : recorded.Reshape(Without(x.Shape, axes));
    }

    /// <summary>The same by elementwise operations and reductions of whole tensors; the axes stay, with size 1.</summary>
    internal static Tensor<T> LogSumExpInSteps<T>(Tensor<T> x, ReadOnlySpan<int> axes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> top = x.Max(axes, keepAxes: true);
        Tensor<T> shift = top.Abs().EqualTo(T.PositiveInfinity).Where(T.Zero, top);
        return (x - shift).Exp().Sum(axes, keepAxes: true).Log() + shift;
    }
}
