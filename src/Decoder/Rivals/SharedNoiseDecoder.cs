using Autodiff.Kernels;
using Decoder.Evaluation;

namespace Decoder.Rivals;

/// <summary>
/// Our decoder: a Gaussian model of the population with tuning curves that need few numbers per neuron (a shrunk Fourier series) and noise that neurons share. The covariance of the noise is
/// D^½ (I + α S) D^½ with the neurons' own residual variances D and the correlations S of the residuals on the training trials, so that what varies together without regard to the stimulus does
/// not count as evidence. The likelihood of an angle is linear in the responses, as a ridge regression's outputs are, but with far fewer numbers to learn than trials times outputs.
/// <para>
/// Whether responses are replaced by their square roots, and α, are chosen within the training trials, as is the temperature that makes the posterior's width honest. Where the training trials
/// show a few stimuli again and again, the decoded angle is the one of those with the least expected error; else it is the peak of the posterior.
/// </para>
/// </summary>
/// <remarks>
/// The number of harmonics and the candidates for α were chosen on the simulated recording of seed 101, and on no real one.
/// </remarks>
public sealed class SharedNoiseDecoder : IAngleDecoder
{
    /// <summary>Up to so many training trials, four folds of them are decoded to choose; of more, one fourth is.</summary>
    private const int MostTrialsForFolds = 1000;

    private const int Folds = 4;

    private static readonly double[] SharedWeights = [0.05, 0.2, 0.8];

    /// <inheritdoc/>
    public string Name => "shared-noise";

    /// <inheritdoc/>
    public string Description => "ours: shrunk Fourier tuning, noise shared among neurons, variance stabilized, calibrated";

    /// <inheritdoc/>
    public DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default)
    {
        var (transform, sharedWeight, temperature) = Choose(task, cancellation);

        // All of the training trials make larger matrices than some of them; memory for those would lie idle.
        Device.Cpu.EmptyCache();
        var posterior = new SharedNoiseModel(task, transform, cancellation).Posterior(sharedWeight, temperature);
        return new(Angles(task, posterior), posterior);
    }

    private static float[] Angles(DecodingTask task, Posterior posterior) => task.DiscreteStimuli is null ? posterior.Peaks() : posterior.Medians();

    private static (ResponseTransform Transform, double SharedWeight, double Temperature) Choose(DecodingTask task, CancellationToken cancellation)
    {
        var splits = DataSplit.Folds(task.Stimuli, Math.Min(Folds, task.TrainCount), seed: 0);
        if (task.TrainCount > MostTrialsForFolds)
        {
            splits = [splits[0]];
        }

        var best = (Error: double.PositiveInfinity, Transform: ResponseTransform.None, Weight: SharedWeights[0], Posteriors: Array.Empty<(Posterior, float[])>());
        foreach (var transform in Enum.GetValues<ResponseTransform>())
        {
            var models = Array.ConvertAll(splits, split => new SharedNoiseModel(task.Within(split), transform, cancellation));
            foreach (var weight in SharedWeights)
            {
                var errors = new List<double>();
                var posteriors = new (Posterior Posterior, float[] Actual)[splits.Length];
                for (var i = 0; i < splits.Length; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var posterior = models[i].Posterior(weight, temperature: 1);
                    var actual = Array.ConvertAll(splits[i].Test, trial => task.Stimuli[trial]);
                    posteriors[i] = (posterior, actual);
                    errors.AddRange(Angles(models[i].Task, posterior).Select((angle, j) => CircularError.Absolute(angle, actual[j], task.Period)));
                }

                if (errors.Average() < best.Error)
                {
                    best = (errors.Average(), transform, weight, posteriors);
                }
            }
        }

        return (best.Transform, best.Weight, Temperature(best.Posteriors, task.Period));
    }

    /// <summary>The temperature, between 1/8 and 64, by which log-likelihoods are divided so that trials that were left out are most probable.</summary>
    private static double Temperature((Posterior Posterior, float[] Actual)[] leftOut, double period)
    {
        double Cost(double logTemperature)
        {
            var sum = 0.0;
            foreach (var (posterior, actual) in leftOut)
            {
                for (var trial = 0; trial < actual.Length; trial++)
                {
                    sum -= LogProbability(posterior.LogLikelihoods(trial), posterior.Angles, actual[trial], period, Math.Exp(logTemperature));
                }
            }

            return sum;
        }

        // Golden section: the cost has one minimum.
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(1.0 / 8), Math.Log(64));
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (leftCost, rightCost) = (Cost(left), Cost(right));
        for (var i = 0; i < 24; i++)
        {
            if (leftCost < rightCost)
            {
                (high, right, rightCost) = (right, left, leftCost);
                left = high - ratio * (high - low);
                leftCost = Cost(left);
            }
            else
            {
                (low, left, leftCost) = (left, right, rightCost);
                right = low + ratio * (high - low);
                rightCost = Cost(right);
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Log-probability of the angle among the nodes, by linear interpolation of the log-likelihood between them.</summary>
    private static double LogProbability(ReadOnlySpan<double> logLikelihoods, double[] angles, double actual, double period, double temperature)
    {
        var largest = logLikelihoods[CircularPeak.Largest(logLikelihoods)];
        var sum = 0.0;
        foreach (var value in logLikelihoods)
        {
            sum += Math.Exp((value - largest) / temperature);
        }

        var (nearest, second) = (0, 0);
        var (distance, secondDistance) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var i = 0; i < angles.Length; i++)
        {
            var d = CircularError.Absolute(angles[i], actual, period);
            if (d < distance)
            {
                (second, secondDistance, nearest, distance) = (nearest, distance, i, d);
            }
            else if (d < secondDistance)
            {
                (second, secondDistance) = (i, d);
            }
        }

        var share = double.IsFinite(secondDistance) && distance + secondDistance > 0 ? distance / (distance + secondDistance) : 0;
        var at = (1 - share) * logLikelihoods[nearest] + share * logLikelihoods[second];
        return (at - largest) / temperature - Math.Log(sum);
    }
}
