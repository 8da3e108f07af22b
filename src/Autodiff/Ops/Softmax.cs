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
        axis = x.Shape.Axis(axis);
        View<T> y = SuitsRowKernels(x.Shape, axis) ? RunRows(x, axis, new Kernels.Rows.Softmax<T>()) : SoftmaxInSteps(x.Detach(), axis).View;
        return Tape.Record("Softmax", y, new Input<T>(x, (gradient, y) => SoftmaxGradient(gradient, y, axis)));
    }

    /// <summary>The softmax by elementwise operations and reductions of whole tensors.</summary>
    internal static Tensor<T> SoftmaxInSteps<T>(Tensor<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> exponentials = (x - x.Max([axis], keepAxes: true)).Exp();
        return exponentials / exponentials.Sum([axis], keepAxes: true);
    }

    /// <summary>What a softmax y passes back: y (g - Σ y g). Symmetric in the Jacobian, so its derivative for g is itself.</summary>
    private static Tensor<T> SoftmaxGradient<T>(Tensor<T> gradient, Tensor<T> y, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!SuitsRowKernels(y.Shape, axis))
        {
            Tensor<T> weighted = gradient * y;
            return weighted - y * weighted.Sum([axis], keepAxes: true);
        }
        return Tape.Record("SoftmaxGradient", RunRows(y, gradient, y, axis, new Kernels.Rows.SoftmaxGradient<T>()),
            new Input<T>(gradient, (g, _) => SoftmaxGradient(g, y, axis)),
            new Input<T>(y, (g, _) => g * (gradient - (y * gradient).Sum([axis], keepAxes: true)) - gradient * (g * y).Sum([axis], keepAxes: true)));
    }
}
