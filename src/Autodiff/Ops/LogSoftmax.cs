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
        axis = x.Shape.Axis(axis);
        View<T> y = SuitsRowKernels(x.Shape, axis) ? RunRows(x, axis, new Kernels.Rows.LogSoftmax<T>()) : LogSoftmaxInSteps(x.Detach(), axis).View;
        return Tape.Record("LogSoftmax", y, new Input<T>(x, (gradient, y) => LogSoftmaxGradient(gradient, y, axis)));
    }

    /// <summary>The logarithm of the softmax by elementwise operations and reductions of whole tensors.</summary>
    internal static Tensor<T> LogSoftmaxInSteps<T>(Tensor<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> shifted = x - x.Max([axis], keepAxes: true);
        return shifted - shifted.Exp().Sum([axis], keepAxes: true).Log();
    }

    /// <summary>What the logarithm y of a softmax passes back: g - eʸ Σ g.</summary>
    private static Tensor<T> LogSoftmaxGradient<T>(Tensor<T> gradient, Tensor<T> y, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!SuitsRowKernels(y.Shape, axis))
        {
            return gradient - y.Exp() * gradient.Sum([axis], keepAxes: true);
        }

        return Tape.Record("LogSoftmaxGradient", RunRows(y, gradient, y, axis, new Kernels.Rows.LogSoftmaxGradient<T>()),
            new Input<T>(gradient, (g, _) => g - (g * y.Exp()).Sum([axis], keepAxes: true)),
            new Input<T>(y, (g, _) => -(g * y.Exp() * gradient.Sum([axis], keepAxes: true))));
    }
}
