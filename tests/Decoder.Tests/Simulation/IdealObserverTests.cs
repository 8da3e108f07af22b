using Decoder.Sampling;
using Decoder.Simulation;

namespace Decoder.Tests.Simulation;

public sealed class IdealObserverTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.8)]
    [InlineData(6)]
    public void InformationOfAResponseIsTheVarianceOfTheScore(double rate)
    {
        // By brute force: draw responses, and differentiate the logarithm of their density, a sum over numbers of events, numerically.
        var random = new RandomStream(8);
        const int Draws = 6000;
        const double Step = 1e-3;
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var response = Draw(random, rate);
            var score = (LogDensity(response, rate * Math.Exp(Step)) - LogDensity(response, rate * Math.Exp(-Step))) / (2 * Step);
            sum += score * score / Draws;
        }

        Assert.Equal(sum, RateInformation.Integrate(rate), 0.1 * sum);
        Assert.Equal(RateInformation.Integrate(rate), RateInformation.At(rate), 0.01 * sum);
    }

    [Fact]
    public void NeuronsOfManyEventsAreLimitedByTheirOwnNoise() => Assert.Equal(4, RateInformation.Integrate(800), 0.2);

    [Fact]
    public void InformationThatIsLeftIsThatOfTheInverse()
    {
        // (J⁻¹)₀₀ = (bd - c²) / det for [[4, 1, 2], [1, 3, 0.5], [2, 0.5, 5]].
        double[] information = [4, 1, 2, 1, 3, 0.5, 2, 0.5, 5];
        var determinant = 4 * (15 - 0.25) - 1 * (5 - 1) + 2 * (0.5 - 6);
        Assert.Equal(determinant / (15 - 0.25), IdealObserver.Project(information), 1e-12);
    }

    [Fact]
    public void APopulationIsDecodedAsWellAsItsInformationSays()
    {
        // By brute force: draw responses of all neurons on one trial again and again, and take the most probable direction of a fine grid.
        var options = new SimulationOptions { Neurons = 120, Trials = 4, Seed = 3 };
        var sequence = new TrialSequence(options.Trials, options.Seed);
        var population = Enumerable.Range(0, options.Neurons).Select(i =>
        {
            var random = new RandomStream(options.Seed, (ulong)SimulationStream.FirstNeuron + (ulong)i);
            var parameters = NeuronParameters.Draw(random);
            return (Parameters: parameters, Weights: NeuronWeights.Draw(random, parameters, sequence.LatentVariances));
        }).ToArray();
        const int Trial = 1;
        var predicted = 1 / Math.Sqrt(IdealObserver.Information(population, sequence, Trial)[0]);
        var direction = sequence.Directions[Trial] * Math.PI / 180;

        var offsets = Enumerable.Range(-24, 49).Select(i => i * predicted / 5).ToArray();
        var rates = offsets.Select(offset => Array.ConvertAll(population, neuron => Rate(neuron, sequence, Trial, direction + offset))).ToArray();
        const int Repeats = 120;
        var squares = 0.0;
        var draws = new RandomStream(99);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var responses = Array.ConvertAll(rates[24], rate => Draw(draws, rate));
            var likelihoods = new double[offsets.Length];
            Parallel.For(0, offsets.Length, i =>
            {
                for (var neuron = 0; neuron < responses.Length; neuron++)
                {
                    likelihoods[i] += LogDensity(responses[neuron], rates[i][neuron]);
                }
            });
            squares += Math.Pow(offsets[Array.IndexOf(likelihoods, likelihoods.Max())], 2) / Repeats;
        }

        // 120 repeats give the root mean square to 6 %; so small a population is decoded a little worse than its information says.
        Assert.InRange(Math.Sqrt(squares), 0.8 * predicted, 1.35 * predicted);
    }

    [Fact]
    public void MoreNeuronsAreDecodedBetterAndSharedNoiseCosts()
    {
        int[] trials = [0, 5, 9];
        var few = IdealObserver.Compute(new SimulationOptions { Neurons = 150, Trials = 10, Seed = 1 }, trials);
        var many = IdealObserver.Compute(new SimulationOptions { Neurons = 1500, Trials = 10, Seed = 1 }, trials);

        Assert.InRange(few.MedianAbsoluteErrorDegrees / many.MedianAbsoluteErrorDegrees, 1.8, 5);
        Assert.True(many.KnownSharedMedianDegrees < many.MedianAbsoluteErrorDegrees);
        Assert.True(many.MedianAbsoluteErrorDegrees < many.MeanAbsoluteErrorDegrees);
        Assert.Throws<ArgumentException>(() => IdealObserver.Compute(new SimulationOptions(), []));
    }

    private static double Rate((NeuronParameters Parameters, NeuronWeights Weights) neuron, TrialSequence sequence, int trial, double direction)
    {
        var (parameters, weights) = neuron;
        var drive = weights.Gain * sequence.SharedDrive[TrialSequence.Latents * sequence.PaddedTrials + trial] - weights.HalfVariance + 0.125;
        for (var k = 0; k < TrialSequence.Latents; k++)
        {
            drive += weights.Latents[k] * sequence.SharedDrive[k * sequence.PaddedTrials + trial];
        }

        var tuned = -0.02;
        for (var c = 0; c < TrialSequence.Channels; c++)
        {
            tuned += weights.Channels[c] * sequence.ChannelGains[c * sequence.PaddedTrials + trial];
        }

        return (parameters.Baseline + parameters.Amplitude * parameters.Tuning(direction) * Math.Exp(tuned)) * Math.Exp(drive);
    }

    private static double Draw(RandomStream random, double rate) =>
        Gamma.Next(random, Poisson.Next(random, rate * Math.Exp(0.5 * Normal.Next(random) - 0.125)));

    /// <summary>ln of Σₖ E[e^-m mᵏ / k!] rᵏ⁻¹ e^-r / (k - 1)! over the neuron's own noise in the rate m.</summary>
    private static double LogDensity(double response, double rate)
    {
        var density = 0.0;
        for (var e = -4.0; e <= 4; e += 0.4)
        {
            var m = rate * Math.Exp(0.5 * e - 0.125);
            var weight = 0.4 * Math.Exp(-e * e / 2) / Math.Sqrt(Math.Tau);
            if (response == 0)
            {
                density += weight * Math.Exp(-m);
                continue;
            }

            var term = m * Math.Exp(-m - response);
            var sum = 0.0;
            for (var k = 1; k < 400 && (k < 5 || term > 1e-14 * sum); k++)
            {
                sum += term;
                term *= m * response / ((k + 1.0) * k);
            }

            density += weight * sum;
        }

        return Math.Log(density);
    }
}
