namespace Decoder.Evaluation;

/// <summary>Quantiles, interpolated linearly between neighbouring values as numpy.quantile does.</summary>
public static class Quantile
{
    /// <summary>The middle value, or the mean of the two middle ones; NaN if any value is NaN.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(ReadOnlySpan<double> values) => Of(values, 0.5);

    /// <summary>The value at position <paramref name="fraction"/> (n - 1) of the sorted values; NaN if any value is NaN.</summary>
    /// <param name="values">In any order; not changed.</param>
    /// <param name="fraction">In [0, 1].</param>
    /// <exception cref="ArgumentException">There are no values, or the fraction is out of range.</exception>
    public static double Of(ReadOnlySpan<double> values, double fraction)
    {
        if (values.IsEmpty || !(fraction is >= 0 and <= 1))
        {
            throw new ArgumentException(
                $"The quantile {fraction} of {values.Length} values is not defined; a fraction in [0, 1] and at least 1 value are needed.");
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        if (double.IsNaN(sorted[0]))
        {
            // NaN sorts first.
            return double.NaN;
        }

        var position = fraction * (sorted.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
    }
}
