using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Rivals;

/// <summary>
/// Bayesian decoding of counts, as pynapple and others do it: each neuron Poisson around its mean count near the angle (von Mises weights of about 10 degrees of phase), all independent; the
/// log-likelihood of an angle is sum r ln f - f.
/// </summary>
public sealed class PoissonNaiveBayes : IAngleDecoder
{
    private const int Nodes = 72;
    private const double Concentration = 30;

    /// <summary>A neuron that was silent near an angle may still respond: the mean rate times this is the least.</summary>
    private const float RateFloor = 0.01f;

    /// <inheritdoc/>
    public string Name => "poisson-naive-bayes";

    /// <inheritdoc/>
    public string Description => "Poisson naive Bayes with smoothed tuning";

    /// <inheritdoc/>
    public string? WhyNot(DecodingTask task)
    {
        var (first, least) = (-1, 0f);
        foreach (var block in task.Blocks())
        {
            for (var i = 0; i < block.Train.Length + block.Test.Length && first < 0; i++)
            {
                var value = i < block.Train.Length ? block.Train[i] : block.Test[i - block.Train.Length];
                (first, least) = value < 0 ? (block.First + i % block.Count, value) : (first, least);
            }

            if (first >= 0)
            {
                return FormattableString.Invariant($"a Poisson model needs counts or rates, and neuron {first} has a response of {least:G3}");
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default)
    {
        if (WhyNot(task) is { } reason)
        {
            throw new ArgumentException($"{Name}: {reason}. Give counts, or use another decoder.");
        }

        using var tape = new Tape(record: false);
        var weights = CreateWeights(task.Phases);
        var logLikelihoods = new double[task.TestCount * Nodes];
        foreach (var block in task.Blocks())
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = new Tape(record: false);
            var (train, test) = block.ToTensors();
            var rates = weights.MatMul(train).Maximum((train.Mean([0]) * RateFloor).Affine(1, 1e-6f));
            var part = (test.MatMul(rates.Log().Transpose()) - rates.Sum([1])).ToArray();
            for (var i = 0; i < part.Length; i++)
            {
                logLikelihoods[i] += part[i];
            }
        }

        var posterior = new Posterior([.. Enumerable.Range(0, Nodes).Select(i => i * task.Period / Nodes)], logLikelihoods, task.Period);
        return new(posterior.Peaks(), posterior);
    }

    /// <summary>Nodes x trials: how much each trial counts at each node; each node's weights sum to 1.</summary>
    private static Tensor<float> CreateWeights(double[] phases)
    {
        var weights = new float[Nodes * phases.Length];
        for (var node = 0; node < Nodes; node++)
        {
            // Relative to the nearest trial, so that a node far from all stimuli has the tuning of the nearest.
            var largest = phases.Max(phase => Math.Cos(phase - Math.Tau * node / Nodes));
            var row = Array.ConvertAll(phases, phase => Math.Exp(Concentration * (Math.Cos(phase - Math.Tau * node / Nodes) - largest)));
            var sum = row.Sum();
            for (var i = 0; i < row.Length; i++)
            {
                weights[node * phases.Length + i] = (float)(row[i] / sum);
            }
        }

        return Tensor.Create(weights, [Nodes, phases.Length], Device.Cpu);
    }
}
