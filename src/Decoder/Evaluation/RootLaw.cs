namespace Decoder.Evaluation;

/// <summary>
/// An error that falls with the number N of neurons or trials as alpha + beta / √N: alpha is what remains however many there are, beta what averaging independent noise takes away
/// (Stringer et al. 2021).
/// </summary>
/// <param name="Alpha">The asymptote, degrees.</param>
/// <param name="Beta">Degrees times √N.</param>
public sealed record RootLaw(double Alpha, double Beta)
{
    /// <summary>The error at a number.</summary>
    public double At(double count) => Alpha + Beta / Math.Sqrt(count);

    /// <summary>Fits by least squares.</summary>
    /// <param name="counts">Numbers of neurons or trials.</param>
    /// <param name="errors">The error at each.</param>
    /// <exception cref="ArgumentException">The lengths differ, a number is not positive, or there are not two different ones.</exception>
    public static RootLaw Fit(ReadOnlySpan<double> counts, ReadOnlySpan<double> errors)
    {
        Pairs.Check(counts.Length, errors.Length);
        var (sumX, sumY) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(counts[i], nameof(counts));
            (sumX, sumY) = (sumX + 1 / Math.Sqrt(counts[i]), sumY + errors[i]);
        }

        var (meanX, meanY) = (sumX / counts.Length, sumY / counts.Length);
        var (product, square) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            var x = 1 / Math.Sqrt(counts[i]) - meanX;
            (product, square) = (product + x * (errors[i] - meanY), square + x * x);
        }

        if (!(square > 1e-18 * meanX * meanX))
        {
            throw new ArgumentException("All numbers are the same; errors at two different ones, at least, are needed for a fit.", nameof(counts));
        }

        var beta = product / square;
        return new(meanY - beta * meanX, beta);
    }
}
