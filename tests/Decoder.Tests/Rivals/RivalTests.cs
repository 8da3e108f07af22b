using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Rivals;
using Decoder.Sampling;

namespace Decoder.Tests.Rivals;

/// <summary>What holds for every decoder: it decodes what can be decoded, turns with the stimuli, and knows nothing of the test trials' stimuli.</summary>
public sealed class RivalTests
{
    private static readonly Dictionary<string, Func<IAngleDecoder>> Makers = new()
    {
        ["shared-noise"] = () => new SharedNoiseDecoder(),
        ["super-neuron-ridge"] = () => new SuperNeuronRidge(),
        ["cosine-ridge"] = () => new CosineRidge(),
        ["naive-bayes"] = () => new GaussianNaiveBayes(gain: false),
        ["naive-bayes-gain"] = () => new GaussianNaiveBayes(gain: true),
        ["poisson-naive-bayes"] = () => new PoissonNaiveBayes(),
        ["nearest-neighbors"] = () => new NearestNeighbors(),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void DecodesWhatHasLittleNoise(string name)
    {
        foreach (var period in (int[])[360, 180])
        {
            var (recording, split) = Population(period, noise: 0.05f);
            var median = MedianError(name, recording, split, period, new DecodingTask(recording, split, period));
            Assert.True(median < period / 90.0, $"{name}, period {period}: {median}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GuessesWhereStimuliAreShuffled(string name)
    {
        // What a decoder learns by chance turns all angles alike, so the median of one shuffle may be anywhere between 0 and 180: many are needed.
        const int Shuffles = 16;
        var (recording, split) = Population(360, noise: 0.05f);
        var sum = 0.0;
        for (var shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            var shuffled = Array.ConvertAll(split.Train, row => recording.Stimuli[row]);
            new RandomStream(7, (ulong)shuffle).Shuffle(shuffled.AsSpan());
            sum += MedianError(name, recording, split, 360, new DecodingTask(recording, split, 360, shuffled));
        }

        Assert.InRange(sum / Shuffles, 50, 130);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TurnsWithTheStimuli(string name)
    {
        var (recording, split) = Population(360, noise: 0.4f);
        var expected = Makers[name]().Run(new DecodingTask(recording, split, 360)).Degrees;

        // A quarter turn takes the nodes of all decoders to nodes.
        var turned = new Recording(recording.Responses, Array.ConvertAll(recording.Stimuli, angle => (angle + 90) % 360), "turned");
        var decoded = Makers[name]().Run(new DecodingTask(turned, split, 360)).Degrees;
        for (var i = 0; i < decoded.Length; i++)
        {
            Assert.True(CircularError.Absolute(decoded[i], expected[i] + 90, 360) < 0.05, $"{name}: {expected[i]} became {decoded[i]}.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsKnownOfTheStimuliOfTestTrials(string name)
    {
        var (recording, split) = Population(360, noise: 0.4f);
        var stimuli = recording.Stimuli.ToArray();
        foreach (var row in split.Test)
        {
            stimuli[row] = 359 - stimuli[row];
        }

        var expected = Makers[name]().Run(new DecodingTask(recording, split, 360)).Degrees;
        Assert.Equal(expected, Makers[name]().Run(new DecodingTask(new Recording(recording.Responses, stimuli, "other"), split, 360)).Degrees);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OneTestTrialIsDecodedAsItIsAmongMany(string name)
    {
        var (recording, split) = Population(360, noise: 0.4f);
        var all = Makers[name]().Run(new DecodingTask(recording, split, 360)).Degrees;
        var one = Makers[name]().Run(new DecodingTask(recording, split with { Test = [split.Test[3]] }, 360)).Degrees;

        // Nothing about test trials is normalized, so they do not know each other.
        Assert.True(CircularError.Absolute(all[3], one[0], 360) < 0.05, $"{all[3]} and {one[0]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SilentNeuronsAndAlmostNoTrialsAreNoObstacle(string name)
    {
        var responses = new float[6 * 3];
        for (var row = 0; row < 6; row++)
        {
            responses[row * 3 + 1] = 1 + row % 3;
        }

        var recording = new Recording(responses, [0, 90, 180, 0, 90, 180], "tiny");
        var decoded = Makers[name]().Run(new DecodingTask(recording, new DataSplit([0, 1, 2, 3], [4, 5]), 360));

        Assert.All(decoded.Degrees, angle => Assert.InRange(angle, 0, 360));
    }

    [Fact]
    public void TheOddsOfAFewStimuliAreDecodedAsOneOfThem()
    {
        var random = new RandomStream(5);
        float[] shown = [0, 45, 90, 135];
        var stimuli = Enumerable.Range(0, 80).Select(i => shown[i % 4]).ToArray();
        var responses = stimuli.SelectMany(angle => new[] { 0, 45, 90, 135 }.Select(preferred =>
            (float)(Math.Exp(Math.Cos((angle - preferred) * Math.PI / 90)) + 0.5 * Normal.Next(random)))).ToArray();
        var recording = new Recording(responses, stimuli, "discrete");
        var task = new DecodingTask(recording, DataSplit.Folds(stimuli, 4, seed: 0)[0], 180);

        Assert.Equal(shown, task.DiscreteStimuli);
        Assert.All(new SharedNoiseDecoder().Run(task).Degrees, angle => Assert.Contains(angle, shown));
    }

    private static double MedianError(string name, Recording recording, DataSplit split, int period, DecodingTask task)
    {
        var decoded = Makers[name]().Run(task).Degrees;
        return Quantile.Median([.. split.Test.Select((row, i) => CircularError.Absolute(decoded[i], recording.Stimuli[row], period))]);
    }

    /// <summary>40 neurons with von Mises tuning, 400 trials, a quarter of them to test on. Responses are positive.</summary>
    private static (Recording Recording, DataSplit Split) Population(int period, float noise)
    {
        const int Neurons = 40, Trials = 400;
        var random = new RandomStream(11);
        var (responses, stimuli) = (new float[Trials * Neurons], new float[Trials]);
        for (var trial = 0; trial < Trials; trial++)
        {
            stimuli[trial] = (float)(period * random.NextDouble());
            for (var i = 0; i < Neurons; i++)
            {
                var tuned = Math.Exp(4 * (Math.Cos(Math.Tau * (stimuli[trial] / period - (double)i / Neurons)) - 1));
                responses[trial * Neurons + i] = Math.Max(0, 2 + (float)(3 * tuned + noise * Normal.Next(random)));
            }
        }

        return (new Recording(responses, stimuli, "population"), DataSplit.EveryFourth(Trials));
    }
}
