namespace Decoder.Interpretation;

/// <summary>The circle in equal bins, the first around 0, for averages over stimuli.</summary>
/// <param name="Count">Number of bins.</param>
/// <param name="Period">360 for direction, 180 for orientation.</param>
public sealed record AngleBins(int Count, int Period)
{
    private static readonly int[] Counts = [72, 60, 45, 40, 36, 30, 24, 20, 18, 16, 15, 12, 10, 9, 8, 6, 5, 4];

    /// <summary>Width of a bin, degrees.</summary>
    public double Width => (double)Period / Count;

    /// <summary>The middle of each bin, degrees.</summary>
    public double[] Centers => [.. Enumerable.Range(0, Count).Select(bin => bin * Width)];

    /// <summary>The bin of an angle.</summary>
    public int Of(double degrees)
    {
        var bin = (int)Math.Floor(degrees / Width + 0.5) % Count;
        return bin < 0 ? bin + Count : bin;
    }

    /// <summary>The finest bins, at most <paramref name="most"/>, none of which is empty.</summary>
    /// <param name="stimuli">Degrees.</param>
    /// <param name="period">360 for direction, 180 for orientation.</param>
    /// <param name="most">The most bins.</param>
    /// <returns>Null where the stimuli leave a quarter of the circle, or more, without any.</returns>
    public static AngleBins? Finest(IReadOnlyCollection<float> stimuli, int period, int most)
    {
        foreach (var count in Counts)
        {
            var bins = new AngleBins(count, period);
            if (count <= most && stimuli.Select(stimulus => bins.Of(stimulus)).Distinct().Count() == count)
            {
                return bins;
            }
        }

        return null;
    }
}
