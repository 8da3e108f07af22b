namespace Decoder.Interpretation;

/// <summary>Means of vectors, such as the activity of all units, over the trials of each bin of angles.</summary>
/// <param name="bins">The bins.</param>
/// <param name="length">Length of the vectors.</param>
public sealed class BinnedMeans(AngleBins bins, int length)
{
    private readonly double[][] _sums = [.. Enumerable.Range(0, bins.Count).Select(_ => new double[length])];
    private readonly int[] _counts = new int[bins.Count];

    /// <summary>Adds the vector of one trial.</summary>
    public void Add(double stimulus, ReadOnlySpan<float> values)
    {
        var bin = bins.Of(stimulus);
        var sum = _sums[bin];
        for (var i = 0; i < values.Length; i++)
        {
            sum[i] += values[i];
        }

        _counts[bin]++;
    }

    /// <summary>The means, bins x length; NaN in a bin without trials.</summary>
    public double[,] Means()
    {
        var means = new double[bins.Count, length];
        for (var bin = 0; bin < bins.Count; bin++)
        {
            for (var i = 0; i < length; i++)
            {
                means[bin, i] = _counts[bin] > 0 ? _sums[bin][i] / _counts[bin] : double.NaN;
            }
        }

        return means;
    }
}
