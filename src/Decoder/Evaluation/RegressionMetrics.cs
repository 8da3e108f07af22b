namespace Decoder.Evaluation;

/// <summary>How well angles were decoded.</summary>
/// <param name="MeanSquaredError">Mean of (decoded - actual)^2 in degrees^2, on the line, not on the circle: the tutorial's measure.</param>
/// <param name="R2">1 - sum (decoded - actual)^2 / sum (actual - mean)^2, on the line; negative where the mean would have been a better guess.</param>
/// <param name="MedianAbsoluteError">Median of the absolute circular error, degrees. A decoder that guesses has period / 4.</param>
/// <param name="MeanAbsoluteError">Mean of the absolute circular error, degrees.</param>
/// <param name="Period">Period of the circular errors, degrees: 360 for direction, 180 for orientation.</param>
public sealed record RegressionMetrics(double MeanSquaredError, double R2, double MedianAbsoluteError, double MeanAbsoluteError, double Period)
{
    /// <summary>Compares decoded with actual angles.</summary>
    /// <param name="decoded">Degrees.</param>
    /// <param name="actual">Degrees.</param>
    /// <param name="period">Period for the circular errors, degrees.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static RegressionMetrics Compute(ReadOnlySpan<float> decoded, ReadOnlySpan<float> actual, double period)
    {
        Pairs.Check(decoded.Length, actual.Length);
        var (meanSquared, r2) = OnTheLine(decoded, actual);
        var absolute = Array.ConvertAll(CircularError.Signed(decoded, actual, period), Math.Abs);
        return new(meanSquared, r2, Quantile.Median(absolute), absolute.Average(), period);
    }

    private static (double MeanSquaredError, double R2) OnTheLine(ReadOnlySpan<float> decoded, ReadOnlySpan<float> actual)
    {
        var mean = 0.0;
        foreach (var angle in actual)
        {
            mean += angle;
        }

        mean /= actual.Length;
        var (residual, total) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            residual += ((double)decoded[i] - actual[i]) * ((double)decoded[i] - actual[i]);
            total += (actual[i] - mean) * (actual[i] - mean);
        }

        // As scikit-learn: without any variance to explain, a perfect prediction scores 1 and any other 0.
        var r2 = total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0;
        return (residual / actual.Length, r2);
    }
}
