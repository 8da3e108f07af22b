using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Rivals;
using Decoder.Sampling;

namespace Decoder.Tests.Rivals;

/// <summary>Decoders against their formulas, in plain loops.</summary>
public sealed class AnalyticTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NaiveBayesIsGaussianAroundItsTuningCurves(bool gain)
    {
        // A cosine and a sine each shown at 64 even phases: the Fourier fit is a plain mean.
        var random = new RandomStream(2);
        var stimuli = Enumerable.Range(0, 66).Select(i => i < 64 ? i * 360f / 64 : 100f * (i - 63)).ToArray();
        var responses = stimuli.SelectMany(angle => new[]
        {
            (float)(Math.Cos(angle * Math.PI / 180) + 0.3 * Normal.Next(random)), (float)(Math.Sin(2 * angle * Math.PI / 180) + 0.3 * Normal.Next(random)),
        }).ToArray();
        var split = new DataSplit([.. Enumerable.Range(0, 64)], [64, 65]);
        var posterior = new GaussianNaiveBayes(gain).Run(new DecodingTask(new Recording(responses, stimuli, "two"), split, 360)).Posterior!;

        for (var test = 0; test < 2; test++)
        {
            var (xf, ff) = (new double[32], new double[32]);
            for (var neuron = 0; neuron < 2; neuron++)
            {
                var raw = Enumerable.Range(0, 64).Select(i => (double)responses[2 * i + neuron]).ToArray();
                var (mean, deviation) = (raw.Average(), Math.Sqrt(raw.Average(r => r * r) - raw.Average() * raw.Average()));
                var z = Array.ConvertAll(raw, r => (r - mean) / deviation);
                double Curve(double angle)
                {
                    var sum = z.Average();
                    for (var h = 1; h <= 9; h++)
                    {
                        for (var i = 0; i < 64; i++)
                        {
                            sum += 2 * z[i] * Math.Cos(h * (angle - stimuli[i]) * Math.PI / 180) / 64;
                        }
                    }

                    return sum;
                }

                var precision = 1 / (Enumerable.Range(0, 64).Average(i => Math.Pow(z[i] - Curve(stimuli[i]), 2)) + 1e-3);
                var x = (responses[2 * (64 + test) + neuron] - mean) / deviation;
                for (var node = 0; node < 32; node++)
                {
                    var f = Curve(node * 360.0 / 32);
                    (xf[node], ff[node]) = (xf[node] + precision * x * f, ff[node] + precision * f * f);
                }
            }

            for (var node = 0; node < 32; node++)
            {
                var expected = !gain ? xf[node] - ff[node] / 2 : xf[node] > 0 ? xf[node] * xf[node] / ff[node] / 2 : 0;
                Assert.Equal(expected, posterior.LogLikelihoods(test)[node], 1e-3 * (1 + Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void PoissonNaiveBayesIsPoissonAroundTheMeanCounts()
    {
        float[] stimuli = [0, 0, 120, 120, 240, 240, 10], responses = [2, 0, 4, 1, 7, 3, 9, 3, 0, 8, 2, 6, 5, 2];
        var split = new DataSplit([.. Enumerable.Range(0, 6)], [6]);
        var posterior = new PoissonNaiveBayes().Run(new DecodingTask(new Recording(responses, stimuli, "counts"), split, 360)).Posterior!;

        // At the stimuli themselves the other stimuli, 120 degrees away, have no weight.
        double[][] means = [[3, 0.5], [8, 3], [1, 7]];
        for (var i = 0; i < 3; i++)
        {
            var expected = 5 * Math.Log(means[i][0]) - means[i][0] + 2 * Math.Log(means[i][1]) - means[i][1];
            Assert.Equal(expected, posterior.LogLikelihoods(0)[i * 24], 1e-4);
        }
    }

    [Fact]
    public void PoissonNaiveBayesRefusesWhatCannotBeCounts()
    {
        var task = new DecodingTask(new Recording([1, 2, 0, -0.5f, 3, 1], [0, 90, 180], "z-scores"), new DataSplit([0, 1], [2]), 360);

        Assert.Contains("neuron 1 has a response of -0.5", new PoissonNaiveBayes().WhyNot(task));
        Assert.Throws<ArgumentException>(() => new PoissonNaiveBayes().Run(task));
    }

    [Fact]
    public void CosineRidgeFindsALinearPopulationExactly()
    {
        var stimuli = Enumerable.Range(0, 60).Select(i => i * 6f).ToArray();
        var responses = stimuli.SelectMany(angle => new[] { 0, 50, 130, 200 }.Select(phase => (float)Math.Cos((angle - phase) * Math.PI / 180))).ToArray();
        var split = DataSplit.EveryFourth(60);
        var decoded = new CosineRidge().Run(new DecodingTask(new Recording(responses, stimuli, "linear"), split, 360)).Degrees;

        Assert.All(split.Test, (row, i) => Assert.True(CircularError.Absolute(decoded[i], stimuli[row], 360) < 0.5, $"{stimuli[row]}: {decoded[i]}"));
    }

    [Fact]
    public void NearestNeighborsAreTheNearest()
    {
        // Pairs of trials that are alike; what lies near a pair is its stimulus.
        float[] stimuli = [10, 10, 80, 80, 200, 200, 1, 1, 1], responses = [0, 0.1f, 5, 5.1f, 10, 10.1f, 0.2f, 5.2f, 9.7f];
        var split = new DataSplit([0, 1, 2, 3, 4, 5], [6, 7, 8]);
        var decoded = new NearestNeighbors().Run(new DecodingTask(new Recording(responses, stimuli, "pairs"), split, 360)).Degrees;

        Assert.Equal([10, 80, 200], decoded, (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void SuperNeuronsAreZScoredVonMisesFunctions()
    {
        var targets = SuperNeuronRidge.Targets([0, 1.3]);
        for (var row = 0; row < 2; row++)
        {
            var values = targets.AsSpan(row * 48, 48).ToArray();
            Assert.Equal(0, values.Average(), 1e-12);
            Assert.Equal(1, values.Average(value => value * value), 1e-12);
        }

        Assert.Equal(0, CircularPeak.Largest(targets.AsSpan(0, 48)));
        Assert.Equal(1.3, CircularPeak.Find(targets.AsSpan(48, 48)) / 48 * Math.Tau, 0.01);
    }

    [Fact]
    public void PosteriorsAreNormalizedAndAsWideAsTheyAre()
    {
        // A Gaussian of 20 degrees around 350.
        var angles = Enumerable.Range(0, 360).Select(i => (double)i).ToArray();
        var posterior = new Posterior(angles, Array.ConvertAll(angles, angle => -1e4 - Math.Pow(CircularError.Signed(angle, 350, 360) / 20, 2) / 2), 360);

        Assert.Equal(1, posterior.Probabilities(0).Sum(), 1e-12);
        Assert.Equal(350, posterior.Peaks()[0], 1e-2f);
        Assert.Equal(350, posterior.Medians()[0]);
        Assert.Equal(20, posterior.CircularDeviations()[0], 0.01);
    }

    [Fact]
    public void TheMedianIsNotTheMostProbableAngle()
    {
        // 0: 0.4, 90: 0.3, 100: 0.3. At 90 the expected error is 39, at 0 it is 57.
        var posterior = new Posterior([0, 90, 100], [Math.Log(4), Math.Log(3), Math.Log(3)], 360);
        Assert.Equal([90], posterior.Medians());
    }
}
