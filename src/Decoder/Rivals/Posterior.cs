using Decoder.Evaluation;

namespace Decoder.Rivals;

/// <summary>How probable each of some angles is on each trial, from log-likelihoods and a flat prior.</summary>
public sealed class Posterior
{
    private readonly double[] _logLikelihoods;
    private readonly double _period;

    /// <summary>Takes log-likelihoods over.</summary>
    /// <param name="angles">The angles, degrees, ascending.</param>
    /// <param name="logLikelihoods">Row-major, trials x angles, up to a constant for each trial.</param>
    /// <param name="period">The period, degrees.</param>
    public Posterior(double[] angles, double[] logLikelihoods, double period) => (Angles, _logLikelihoods, _period) = (angles, logLikelihoods, period);

    /// <summary>The angles, degrees, ascending.</summary>
    public double[] Angles { get; }

    /// <summary>Number of trials.</summary>
    public int Count => _logLikelihoods.Length / Angles.Length;

    /// <summary>Log-likelihoods of a trial.</summary>
    public ReadOnlySpan<double> LogLikelihoods(int trial) => _logLikelihoods.AsSpan(trial * Angles.Length, Angles.Length);

    /// <summary>Probabilities of a trial; their sum is 1.</summary>
    public double[] Probabilities(int trial)
    {
        var logs = LogLikelihoods(trial);
        var largest = double.NegativeInfinity;
        foreach (var value in logs)
        {
            largest = Math.Max(largest, value);
        }

        var (probabilities, sum) = (new double[logs.Length], 0.0);
        for (var i = 0; i < logs.Length; i++)
        {
            probabilities[i] = Math.Exp(logs[i] - largest);
            sum += probabilities[i];
        }

        return Array.ConvertAll(probabilities, value => value / sum);
    }

    /// <summary>Of each trial the one of the angles whose expected absolute error on the circle is least: the median of the posterior. Of a sure posterior that is its most probable angle.</summary>
    public float[] Medians()
    {
        var decoded = new float[Count];
        for (var trial = 0; trial < decoded.Length; trial++)
        {
            var probabilities = Probabilities(trial);
            var (best, least) = (0, double.PositiveInfinity);
            for (var i = 0; i < probabilities.Length; i++)
            {
                var expected = 0.0;
                for (var j = 0; j < probabilities.Length; j++)
                {
                    expected += probabilities[j] * CircularError.Absolute(Angles[i], Angles[j], _period);
                }

                (best, least) = expected < least ? (i, expected) : (best, least);
            }

            decoded[trial] = (float)Angles[best];
        }

        return decoded;
    }

    /// <summary>Of each trial the peak of the log-likelihood between the angles, which must be evenly spaced over the period.</summary>
    public float[] Peaks()
    {
        var decoded = new float[Count];
        for (var trial = 0; trial < decoded.Length; trial++)
        {
            decoded[trial] = DecodingTask.Wrap(Angles[0] + CircularPeak.Find(LogLikelihoods(trial)) * _period / Angles.Length, _period);
        }

        return decoded;
    }

    /// <summary>Circular standard deviation of each trial's posterior, degrees: √(-2 ln R) of the phase, R being the length of the mean unit vector.</summary>
    public double[] CircularDeviations()
    {
        var deviations = new double[Count];
        for (var trial = 0; trial < deviations.Length; trial++)
        {
            var probabilities = Probabilities(trial);
            var (x, y) = (0.0, 0.0);
            for (var i = 0; i < probabilities.Length; i++)
            {
                var (sine, cosine) = Math.SinCos(Math.Tau * Angles[i] / _period);
                (x, y) = (x + probabilities[i] * cosine, y + probabilities[i] * sine);
            }

            deviations[trial] = Math.Sqrt(Math.Max(0, -Math.Log(x * x + y * y))) / Math.Tau * _period;
        }

        return deviations;
    }
}
