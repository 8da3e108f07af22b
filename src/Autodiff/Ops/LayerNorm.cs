using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// Layer normalization (Ba, Kiros and Hinton 2016): y = (x - μ) / √(σ² + ε) · w + b, with the mean μ and the variance σ² (over n, not
    /// n - 1) of the last axes. With r = 1 / √(σ² + ε) and v = (x - μ) r: dx = r (wg - mean(wg) - v mean(wg v)), dw = Σ g v, db = Σ g.
    /// </summary>
    /// <param name="x">[..., normalizedShape].</param>
    /// <param name="normalizedShape">The sizes of the last axes, over which is normalized.</param>
    /// <param name="weight">The scale w, of the normalized shape; null for 1.</param>
    /// <param name="bias">The shift b, of the normalized shape; null for 0.</param>
    /// <param name="epsilon">The term ε that keeps the denominator from 0.</param>
    /// <exception cref="ArgumentException">The last axes of x, or the shapes of w or b, are not those that are normalized over.</exception>
    public static Tensor<T> LayerNorm<T>(
        this Tensor<T> x, Shape normalizedShape, Tensor<T>? weight = null, Tensor<T>? bias = null, double epsilon = 1e-5)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rank = normalizedShape.Rank, outer = x.Rank - rank;
        if (rank == 0 || normalizedShape.Count == 0)
        {
            throw new ArgumentException($"LayerNorm: there is nothing to normalize over in shape {normalizedShape}; give the sizes of the last axes.");
        }

        if (outer < 0 || !x.Shape.AsSpan()[outer..].SequenceEqual(normalizedShape.AsSpan()))
        {
            throw new ArgumentException($"LayerNorm: the input has shape {x.Shape}; its last axes should be {normalizedShape}.");
        }

        Refuse("weight", weight);
        Refuse("bias", bias);
        int length = normalizedShape.Count;
        Tensor<T> rows = x.Reshape([x.Count / length, length]);
        T small = T.CreateChecked(epsilon);
        Tensor<T> y = weight is null || bias is null
            ? Standardize(rows, small)
            : AffineStandardize(rows, weight.Reshape([length]), bias.Reshape([length]), small);
        y = y.Reshape(x.Shape);
        if (weight is not null && bias is null)
        {
            return y * weight;
        }

        return weight is null && bias is not null ? y + bias : y;

        void Refuse(string name, Tensor<T>? tensor)
        {
            if (tensor is null)
            {
                return;
            }

            SameDevice("LayerNorm", x, tensor);
            if (tensor.Shape != normalizedShape)
            {
                throw new ArgumentException($"LayerNorm: the {name} has shape {tensor.Shape}; it should be {normalizedShape}, as what is normalized over.");
            }
        }
    }

    private static Tensor<T> AffineStandardize<T>(Tensor<T> rows, Tensor<T> weight, Tensor<T> bias, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tape.Record("LayerNorm", RunRows(rows, weight, bias, 1, new Kernels.Rows.LayerNorm<T>(T.CreateChecked(rows.Shape[1]), epsilon)),
            new Input<T>(rows, (gradient, _) => StandardizeGradient(gradient * weight, rows, epsilon)),
            new Input<T>(weight, (gradient, _) => (gradient * Standardize(rows, epsilon)).Sum([0])),
            new Input<T>(bias, (gradient, _) => gradient.Sum([0])));

    /// <summary>(x - μ) / √(σ² + ε) of each row.</summary>
    private static Tensor<T> Standardize<T>(Tensor<T> rows, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Tape.Record("LayerNorm", RunRows(rows, 1, new Kernels.Rows.Standardize<T>(T.CreateChecked(rows.Shape[1]), epsilon)),
            new Input<T>(rows, (gradient, _) => StandardizeGradient(gradient, rows, epsilon)));

    /// <summary>Jg with the symmetric Jacobian J = r (1 - 11ᵀ/n - vvᵀ/n) of standardizing.</summary>
    private static Tensor<T> StandardizeGradient<T>(Tensor<T> gradient, Tensor<T> rows, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> y = RunRows(rows, gradient, rows, 1, new Kernels.Rows.StandardizeGradient<T>(T.CreateChecked(rows.Shape[1]), epsilon));
        return Tape.Record("LayerNormGradient", y,
            new Input<T>(gradient, (h, _) => StandardizeGradient(h, rows, epsilon)),
            new Input<T>(rows, (h, passed) => Curvature(h, gradient, passed, rows, epsilon)));
    }

    /// <summary>
    /// The derivative of hᵀJg for the rows: -r (v mean(h Jg) + Jg mean(h v) + Jh mean(g v)), from dr/dx = -r² v / n and dv/dx = J.
    /// </summary>
    private static Tensor<T> Curvature<T>(Tensor<T> h, Tensor<T> gradient, Tensor<T> passed, Tensor<T> rows, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> centered = rows - rows.Mean([1], keepAxes: true);
        Tensor<T> r = (centered.Square().Mean([1], keepAxes: true) + epsilon).Sqrt().Reciprocal(), v = centered * r;
        Tensor<T> sum = v * (h * passed).Mean([1], keepAxes: true) + passed * (h * v).Mean([1], keepAxes: true)
            + StandardizeGradient(h, rows, epsilon) * (gradient * v).Mean([1], keepAxes: true);
        return -(sum * r);
    }
}
