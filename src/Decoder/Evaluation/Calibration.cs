namespace Decoder.Evaluation;

/// <summary>Whether a decoder knows how uncertain it is.</summary>
/// <param name="Predicted">What it says, ascending.</param>
/// <param name="Observed">What holds, for each.</param>
/// <param name="Counts">Trials behind each.</param>
/// <param name="Error">Mean distance of the two, weighted by trials.</param>
public sealed record Calibration(double[] Predicted, double[] Observed, int[] Counts, double Error)
{
    /// <summary>
    /// Reliability of the probabilities that a decoder gives to the class that it chooses (Guo et al. 2017): trials in bins of as many of similar probability, of each the mean
    /// probability and the fraction that was right; the error is the expected calibration error.
    /// </summary>
    /// <param name="probabilities">Of the chosen class.</param>
    /// <param name="isRight">Whether it was the actual one.</param>
    /// <param name="bins">The most bins.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static Calibration OfClasses(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isRight, int bins = 10)
    {
        Pairs.Check(probabilities.Length, isRight.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var (sorted, right) = (probabilities.ToArray(), isRight.ToArray());
        Array.Sort(sorted, right);
        var count = Math.Min(bins, sorted.Length);
        var (predicted, observed, counts) = (new double[count], new double[count], new int[count]);
        for (var bin = 0; bin < count; bin++)
        {
            var range = ((int)((long)bin * sorted.Length / count))..((int)((long)(bin + 1) * sorted.Length / count));
            predicted[bin] = sorted[range].Average();
            observed[bin] = right[range].Average(value => value ? 1.0 : 0);
            counts[bin] = sorted[range].Length;
        }

        return Create(predicted, observed, counts);
    }

    /// <summary>
    /// Coverage of the central intervals of predicted distributions: for each nominal probability, the fraction of trials whose actual angle lies in the interval around the decoded one that
    /// the prediction gives that probability.
    /// </summary>
    /// <param name="probabilities">For each trial the predicted probability of an error at most as large as the one that was made; uniform in [0, 1] where the predictions are right.</param>
    /// <param name="levels">Number of nominal probabilities, evenly spaced within (0, 1).</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Calibration OfIntervals(ReadOnlySpan<double> probabilities, int levels = 19)
    {
        Pairs.Check(probabilities.Length, probabilities.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(levels);
        var (predicted, observed, counts) = (new double[levels], new double[levels], new int[levels]);
        for (var level = 0; level < levels; level++)
        {
            predicted[level] = (level + 1.0) / (levels + 1);
            var within = 0;
            foreach (var probability in probabilities)
            {
                within += probability <= predicted[level] ? 1 : 0;
            }

            (observed[level], counts[level]) = ((double)within / probabilities.Length, probabilities.Length);
        }

        return Create(predicted, observed, counts);
    }

    private static Calibration Create(double[] predicted, double[] observed, int[] counts)
    {
        var total = counts.Sum();
        return new(predicted, observed, counts, Enumerable.Range(0, counts.Length).Sum(i => Math.Abs(predicted[i] - observed[i]) * counts[i] / total));
    }
}
