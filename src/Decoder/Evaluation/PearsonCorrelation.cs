using System.Numerics.Tensors;

namespace Decoder.Evaluation;

/// <summary>Pearson's correlation coefficient.</summary>
internal static class PearsonCorrelation
{
    /// <summary>The correlation of pairs of values; NaN where one side does not vary.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"{left.Length} and {right.Length} values cannot be correlated.");
        }

        var (meanLeft, meanRight) = (TensorPrimitives.Sum(left) / left.Length, TensorPrimitives.Sum(right) / right.Length);
        var (product, squaresLeft, squaresRight) = (0.0, 0.0, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            var (a, b) = (left[i] - meanLeft, right[i] - meanRight);
            product += a * b;
            squaresLeft += a * a;
            squaresRight += b * b;
        }

        return product / Math.Sqrt(squaresLeft * squaresRight);
    }
}
