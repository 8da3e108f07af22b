namespace Benchmarks.Peers;

/// <summary>The middle and the extremes of repeated measurements.</summary>
/// <param name="Median">The middle value, or the mean of the two in the middle.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Maximum">The greatest value.</param>
public sealed record Distribution(double Median, double Minimum, double Maximum)
{
    /// <summary>Summarises at least one value.</summary>
    public static Distribution Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("No values to summarise.", nameof(values));
        }

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Distribution(median, sorted[0], sorted[^1]);
    }
}
