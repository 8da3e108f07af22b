using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Variance of all elements: y = Σ (xᵢ - x̄)² / (n - c). Derivative: dy/dxᵢ = 2 (xᵢ - x̄) / (n - c).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="correction">The correction c: 1 for the unbiased estimate from a sample (as torch.var), 0 for the variance of a population.</param>
    public static Tensor<T> Variance<T>(this Tensor<T> x, int correction = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => x.Variance(AllAxes(x.Rank), correction);

    /// <summary>Variance over some axes: y = Σ (xᵢ - x̄)² / (n - c); NaN where n ≤ c. Derivative: dy/dxᵢ = 2 (xᵢ - x̄) / (n - c).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">The axes that the n elements lie along; negative ones count from the end.</param>
    /// <param name="correction">The correction c: 1 for the unbiased estimate from a sample (as torch.var), 0 for the variance of a population.</param>
    /// <param name="keepAxes">Leave those axes in place with size 1.</param>
    public static Tensor<T> Variance<T>(this Tensor<T> x, ReadOnlySpan<int> axes, int correction = 1, bool keepAxes = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> centered = x - x.Mean(axes, keepAxes: true);
        T freedom = T.CreateChecked(Math.Max(0, CountAlong(x.Shape, axes) - correction));
        return (centered * centered).Sum(axes, keepAxes) / freedom;
    }
}
