using Autodiff.Kernels;
using Decoder.Curves;
using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Tests.Training;
using Decoder.Training;

namespace Decoder.Tests.Curves;

public sealed class CurvesRunTests : IDisposable
{
    private const int Trials = 80;
    private const int Neurons = 40;

    private static readonly Recording Recording = SmallRuns.Recording(Trials, Neurons);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FitsTheLawOfADecoderThatObeysIt()
    {
        var result = Execute("run", (recording, split, _, _) => OffBy(split, row => (row % 8 == 0 ? 1 : -1) * (2 + 30 / Math.Sqrt(recording.NeuronCount))));

        Assert.Equal(2, result.Neurons.Fit!.Alpha, 3);
        Assert.Equal(30, result.Neurons.Fit.Beta, 2);
        Assert.Equal([5, 10, 20, 40], result.Neurons.Points.Select(point => point.Count));
        Assert.Equal([3, 3, 3, 1], result.Neurons.Points.Select(point => point.Repeats));
        Assert.All(result.Neurons.Points, point => Assert.Equal(0, point.StandardDeviation, 4));

        // Both halves make the same errors, which averaging leaves as they are.
        Assert.Equal(1, result.HalvesCorrelation, 6);
        Assert.Equal(result.Halves.OneDegrees, result.Halves.AveragedDegrees, 4);
        Assert.Equal(20, result.TestTrials);
    }

    [Fact]
    public void SubsetsAreOfTheSizesAskedForAndNeverHaveTestTrials()
    {
        var seen = new List<(int Neurons, int[] Train, float[]? Stimuli)>();

        Execute("run", (recording, split, stimuli, _) =>
        {
            seen.Add((recording.NeuronCount, split.Train, stimuli));
            Assert.Empty(split.Train.Intersect(split.Test));
            Assert.Equal(Enumerable.Range(0, 20).Select(i => 4 * i), split.Test);
            return OffBy(split, _ => 1);
        });

        Assert.Equal([5, 5, 5, 10, 10, 10, 20, 20, 20, 40], seen.Take(10).Select(job => job.Neurons));
        Assert.Equal([10, 10, 10, 30, 30, 30, 60], seen.Skip(10).Take(7).Select(job => job.Train.Length));
        Assert.Subset(seen[13].Train.ToHashSet(), seen[10].Train.ToHashSet());
        Assert.NotEqual(seen[10].Train, seen[11].Train);
        Assert.Equal([20, 20, 20, 20, 20, 20], seen.Skip(17).Take(6).Select(job => job.Neurons));
        var shuffled = seen.Skip(23).ToArray();
        Assert.Equal(3, shuffled.Length);
        Assert.All(shuffled, job =>
        {
            var actual = Array.ConvertAll(job.Train, row => Recording.Stimuli[row]);
            Assert.Equal(actual.Order(), job.Stimuli!.Order());
            Assert.NotEqual(actual, job.Stimuli);
        });
        Assert.All(seen.Take(23), job => Assert.Null(job.Stimuli));
    }

    [Fact]
    public void IndependentErrorsOfHalvesAverageOut()
    {
        var calls = 0;
        var result = Execute("run", (_, split, _, _) =>
        {
            var random = new Decoder.Sampling.RandomStream(9, (ulong)calls++);
            return OffBy(split, _ => 20 * (random.NextDouble() - 0.5));
        });

        Assert.InRange(result.HalvesCorrelation, -0.35, 0.35);
        Assert.True(result.Halves.AveragedDegrees < result.Halves.OneDegrees);
    }

    [Fact]
    public void WhatIsFinishedIsNotDoneAgain()
    {
        var calls = 0;
        CurveDecoder decoder = (_, split, _, _) =>
        {
            calls++;
            return OffBy(split, row => row % 7);
        };
        var whole = Execute("whole", decoder);
        var all = calls;
        calls = 0;
        var folder = CurvesFolder.Create(_folder["interrupted"], Configuration());
        using (var interruption = new SmallRuns.CancelAfter(6))
        {
            Assert.Throws<OperationCanceledException>(() => new CurvesRun(folder, Configuration(), Recording, decoder).Execute(interruption, interruption.Token));
        }

        Assert.Equal(6, calls);
        var resumed = new CurvesRun(CurvesFolder.Open(folder.Root), folder.ReadConfiguration(), Recording, decoder).Execute(new SmallRuns.Silent(), CancellationToken.None);

        Assert.Equal(all, calls);
        Assert.Equal(whole.Neurons.Points, resumed.Neurons.Points);
        Assert.Equal(whole.HalvesCorrelation, resumed.HalvesCorrelation);
    }

    [Theory]
    [InlineData("cosine-ridge", null)]
    [InlineData("network", 30)]
    public void EachDecoderDecodesAndGuessesWhereStimuliAreShuffled(string name, int? epochs)
    {
        var configuration = Configuration() with { Decoder = name, Epochs = epochs, NeuronCounts = [10, 40], TrialCounts = [60], Repeats = 2 };
        var decoder = CurveDecoders.Create(configuration, Device.Default);

        var result = new CurvesRun(CurvesFolder.Create(_folder["run"], configuration), configuration, Recording, decoder).Execute(new SmallRuns.Silent(), CancellationToken.None);

        Assert.InRange(result.Neurons.Points[1].MedianAbsoluteErrorDegrees, 0, 12);
        Assert.InRange(result.ShuffledMeanDegrees, 60, 120);
        Assert.Null(result.Neurons.Fit);
    }

    private static float[] OffBy(DataSplit split, Func<int, double> error) => Array.ConvertAll(split.Test, row => (float)(Recording.Stimuli[row] + error(row)));

    private CurvesResult Execute(string name, CurveDecoder decoder) =>
        new CurvesRun(CurvesFolder.Create(_folder[name], Configuration()), Configuration(), Recording, decoder).Execute(new SmallRuns.Silent(), TestContext.Current.CancellationToken);

    private static CurvesConfiguration Configuration() => new()
    {
        Data = new RecordingSource { File = "none" },
        Identity = RecordingIdentity.Of(Recording),
        Decoder = "test",
        Period = 360,
        NeuronCounts = [5, 10, 20, 40],
        TrialCounts = [10, 30, 60],
        Repeats = 3,
    };
}
