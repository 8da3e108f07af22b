using Autodiff;
using Autodiff.Kernels;
using Decoder.LinearAlgebra;
using Decoder.Sampling;

namespace Decoder.Simulation;

/// <summary>
/// How well the stimulus of a simulated trial can be decoded at best: by an observer who knows the simulator, all parameters of every neuron, and the distributions, but not the values, of what
/// neurons share on a trial (the gain x, the latent variables z, the channels u of the tuned gain) and of each neuron's own noise.
/// <para>
/// Given θ, x, z and u neurons are independent, and each depends on them through the logarithm of its rate alone. The information about all of them together is J = Σ g(rate) ∇ln rate ∇ln rateᵀ + P
/// with g of <see cref="RateInformation"/> and P the precisions of x, z and u (θ has none); the information about θ when the others are not known is what is left of it after they are projected
/// out, J_θθ - J_θs J_ss⁻¹ J_sθ (Schur's complement). The posterior is taken to be Gaussian with that precision.
/// </para>
/// </summary>
/// <remarks>
/// Approximations: the Gaussian posterior (Laplace; with thousands of neurons its width is a degree or less), J at the true values of the trial, no use of the correlation of x and z from one
/// trial to the next, and no cap on the rate. No decoder has to learn anything here, so one that has only seen some thousand trials stays above this error.
/// </remarks>
/// <param name="MedianAbsoluteErrorDegrees">Median of the absolute error.</param>
/// <param name="MeanAbsoluteErrorDegrees">Mean of the absolute error.</param>
/// <param name="KnownSharedMedianDegrees">Median of the absolute error of an observer who also knows x, z and u: what shared noise costs.</param>
public sealed record IdealObserver(double MedianAbsoluteErrorDegrees, double MeanAbsoluteErrorDegrees, double KnownSharedMedianDegrees)
{
    private const int Shared = 1 + TrialSequence.Latents + TrialSequence.Channels;

    /// <summary>Computes the error on some trials of a simulation.</summary>
    /// <param name="options">The simulation.</param>
    /// <param name="trials">Trials, from 0; some tens give the median to a percent or so.</param>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    public static IdealObserver Compute(SimulationOptions options, ReadOnlySpan<int> trials)
    {
        if (trials.IsEmpty)
        {
            throw new ArgumentException("The ideal observer needs at least one trial.");
        }

        options.Validate();
        var sequence = new TrialSequence(options.Trials, options.Seed);
        var population = new (NeuronParameters Parameters, NeuronWeights Weights)[options.Neurons];
        Parallel.For(0, population.Length, i =>
        {
            var random = new RandomStream(options.Seed, (ulong)SimulationStream.FirstNeuron + (ulong)i);
            var parameters = NeuronParameters.Draw(random);
            population[i] = (parameters, NeuronWeights.Draw(random, parameters, sequence.LatentVariances));
        });
        var (deviations, known) = (new double[trials.Length], new double[trials.Length]);
        for (var i = 0; i < trials.Length; i++)
        {
            var information = Information(population, sequence, trials[i]);
            known[i] = Degrees(1 / Math.Sqrt(information[0]));
            deviations[i] = Degrees(1 / Math.Sqrt(Project(information)));
        }

        return new(MedianOf(deviations), Math.Sqrt(2 / Math.PI) * deviations.Average(), MedianOf(known));
    }

    /// <summary>J of θ (radians), then x, z and u, row-major.</summary>
    internal static double[] Information(
        (NeuronParameters Parameters, NeuronWeights Weights)[] population, TrialSequence sequence, int trial)
    {
        const int Size = 1 + Shared;
        var gradients = new float[population.Length * Size];
        var direction = sequence.Directions[trial] * Math.PI / 180;
        Parallel.For(0, population.Length, i =>
        {
            var (parameters, weights) = population[i];
            var drive = SharedValue(sequence, TrialSequence.Latents, trial) * weights.Gain - weights.HalfVariance
                + NeuronWeights.PrivateNoiseStrength * NeuronWeights.PrivateNoiseStrength / 2;
            for (var k = 0; k < TrialSequence.Latents; k++)
            {
                drive += weights.Latents[k] * SharedValue(sequence, k, trial);
            }

            var tunedGain = 0.0;
            for (var c = 0; c < TrialSequence.Channels; c++)
            {
                tunedGain += weights.Channels[c] * sequence.ChannelGains[c * sequence.PaddedTrials + trial];
            }

            const double TunedVariance = NeuronWeights.TunedGainStrength * NeuronWeights.TunedGainStrength;
            var amplitude = parameters.Amplitude * Math.Exp(tunedGain - TunedVariance / 2);
            var mean = parameters.Baseline + amplitude * parameters.Tuning(direction);
            var root = Math.Sqrt(RateInformation.At(mean * Math.Exp(drive)));
            var row = gradients.AsSpan(i * Size, Size);
            row[0] = (float)(root * amplitude * parameters.TuningSlope(direction) / mean);
            row[1] = (float)(root * weights.Gain);
            for (var k = 0; k < TrialSequence.Latents; k++)
            {
                row[2 + k] = (float)(root * weights.Latents[k]);
            }

            var tunedPart = root * amplitude * parameters.Tuning(direction) / mean;
            for (var c = 0; c < TrialSequence.Channels; c++)
            {
                row[2 + TrialSequence.Latents + c] = (float)(tunedPart * weights.Channels[c]);
            }
        });
        double[] information;
        using (new Tape(record: false))
        {
            var v = Tensor.Create(gradients, [population.Length, Size], Device.Cpu);
            information = Array.ConvertAll(v.Transpose().MatMul(v).ToArray(), value => (double)value);
        }

        for (var i = 0; i < Shared; i++)
        {
            var isLatent = i >= 1 && i <= TrialSequence.Latents;
            information[(1 + i) * Size + 1 + i] += isLatent ? 1 / sequence.LatentVariances[i - 1] : 1;
        }

        return information;
    }

    /// <summary>The information about the first variable when the others are not known: 1 / (J⁻¹)₀₀.</summary>
    internal static double Project(ReadOnlySpan<double> information)
    {
        var size = (int)Math.Round(Math.Sqrt(information.Length));

        // Last in the order of elimination, its pivot is what the others leave of it.
        var reversed = new double[information.Length];
        for (var i = 0; i < reversed.Length; i++)
        {
            reversed[i] = information[^(i + 1)];
        }

        var pivot = Cholesky.Factor(reversed, size).ToArray()[^1];
        return pivot * pivot;
    }

    private static double SharedValue(TrialSequence sequence, int row, int trial) => sequence.SharedDrive[row * sequence.PaddedTrials + trial];

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    /// <summary>The median of |e| where e is Gaussian with one of some standard deviations, all equally probable.</summary>
    private static double MedianOf(double[] deviations)
    {
        var (low, high) = (0.0, deviations.Max());
        using var scope = new Tape(record: false);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var below = Tensor.Create(Array.ConvertAll(deviations, deviation => middle / (deviation * Math.Sqrt(2))), [deviations.Length], Device.Cpu).Erf().Mean().Item();
            (low, high) = below < 0.5 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
