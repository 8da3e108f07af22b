namespace Decoder.Preprocessing;

/// <summary>Activity along its leading principal components.</summary>
/// <param name="Scores">Of each row, the score on each component; fewer components than asked for where the rest has no variance.</param>
/// <param name="Explained">The fraction of the variance in each component.</param>
internal sealed record ComponentScores(double[][] Scores, double[] Explained)
{
    /// <summary>Computes components and scores.</summary>
    /// <param name="activity">Row-major, rows x units.</param>
    /// <param name="units">Number of units.</param>
    /// <param name="count">The most components.</param>
    public static ComponentScores Compute(float[] activity, int units, int count = 2)
    {
        var rows = activity.Length / units;
        var center = new float[units];
        var variance = 0.0;
        for (var unit = 0; unit < units; unit++)
        {
            var values = Enumerable.Range(0, rows).Select(row => (double)activity[row * units + unit]).ToArray();
            center[unit] = (float)values.Average();
            variance += values.Average(value => (value - center[unit]) * (value - center[unit]));
        }

        // Activity that is the same in all rows, as of units that rectify everything, has no components.
        var components = variance > 0 && rows > 1 ? PrincipalComponents.Compute(new ResponseRows(activity, units), center, Math.Min(count, Math.Min(units, rows - 1))) : [];
        var scores = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            scores[row] = Array.ConvertAll(
                components, component => Enumerable.Range(0, units).Sum(unit => component[unit] * ((double)activity[row * units + unit] - center[unit])));
        }

        return new(scores, [.. components.Select((_, i) => scores.Average(score => score[i] * score[i]) / variance)]);
    }
}
