using Decoder.Sampling;

namespace Decoder.Evaluation;

/// <summary>
/// Intervals by resampling trials: the trials are drawn with replacement, the same for all decoders, so that what makes a trial hard for all of them does not count (Efron and Tibshirani, An
/// Introduction to the Bootstrap, 1993, percentile intervals).
/// </summary>
public static class PairedBootstrap
{
    /// <summary>The interval of a statistic of the errors of one decoder.</summary>
    /// <param name="errors">An error for each trial.</param>
    /// <param name="statistic">What is computed of errors, such as their median.</param>
    /// <param name="resamples">How often trials are drawn.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="confidence">Probability of the interval.</param>
    /// <exception cref="ArgumentException">There are no errors, or a number is out of range.</exception>
    public static Interval Of(double[] errors, Func<double[], double> statistic, int resamples, ulong seed, double confidence = 0.95) =>
        Compute([errors], drawn => statistic(drawn[0]), resamples, seed, confidence);

    /// <summary>The interval of the difference of a statistic between two decoders on the same trials: of the first less that of the second.</summary>
    /// <param name="first">An error of the first decoder for each trial.</param>
    /// <param name="second">An error of the second for each trial, in the same order.</param>
    /// <param name="statistic">What is computed of errors, such as their median.</param>
    /// <param name="resamples">How often trials are drawn.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="confidence">Probability of the interval.</param>
    /// <exception cref="ArgumentException">The numbers of errors differ, there are none, or a number is out of range.</exception>
    public static Interval Difference(
        double[] first, double[] second, Func<double[], double> statistic, int resamples, ulong seed, double confidence = 0.95) =>
        Compute([first, second], drawn => statistic(drawn[0]) - statistic(drawn[1]), resamples, seed, confidence);

    private static Interval Compute(double[][] errors, Func<double[][], double> statistic, int resamples, ulong seed, double confidence)
    {
        var trials = errors[0].Length;
        if (trials == 0 || errors.Any(values => values.Length != trials) || resamples < 1 || confidence is not (> 0 and < 1))
        {
            throw new ArgumentException(
                $"Errors of {string.Join(" and ", errors.Select(values => values.Length))} trials, {resamples} resamples and a confidence of {confidence}: "
                + "as many errors of each decoder, at least 1 of each and of resamples, and a confidence between 0 and 1 are needed.");
        }

        var values = new double[resamples];
        Parallel.For(0, resamples, () => Array.ConvertAll(errors, _ => new double[trials]), (resample, _, drawn) =>
        {
            // A stream for each: the interval does not depend on how many threads there are.
            var random = new RandomStream(seed, (ulong)resample);
            for (var i = 0; i < trials; i++)
            {
                var trial = random.NextInt32(trials);
                for (var decoder = 0; decoder < drawn.Length; decoder++)
                {
                    drawn[decoder][i] = errors[decoder][trial];
                }
            }

            values[resample] = statistic(drawn);
            return drawn;
        }, _ => { });
        var tail = (1 - confidence) / 2;
        return new(statistic(errors), Quantile.Of(values, tail), Quantile.Of(values, 1 - tail));
    }
}
