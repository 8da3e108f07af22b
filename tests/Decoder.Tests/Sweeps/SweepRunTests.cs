using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Sweeps;
using Decoder.Tests.Training;
using Decoder.Training;

namespace Decoder.Tests.Sweeps;

public sealed class SweepRunTests : IDisposable
{
    private static readonly string[] Rates = ["1e-4", "1e-3", "3e-3", "1e-2", "3e-2", "1e-1"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoTrialSeesTheTestSet()
    {
        var recording = SmallRuns.Recording(60, 8);
        var (responses, stimuli) = (recording.Responses.ToArray(), recording.Stimuli.ToArray());
        responses.AsSpan(40 * 8).Fill(1e6f);
        stimuli.AsSpan(40).Reverse();

        var one = Search("one", new Recording(recording.Responses, recording.Stimuli, "test", testStart: 40), Rates);
        var other = Search("other", new Recording(responses, stimuli, "test", testStart: 40), Rates);

        Assert.Equal(one.Trials.Select(Scores), other.Trials.Select(Scores));
        Assert.Equal(one.Winner.Trial, other.Winner.Trial);
        Assert.NotEqual(one.Winner.Test, other.Winner.Test);
    }

    [Fact]
    public void TheBestIsTheOneWithTheLeastErrorAndIsTrainedOnTheWholeTrainingSet()
    {
        var recording = SmallRuns.Recording(60, 8);

        var result = Search("run", recording, Rates);

        var errors = result.Trials.Select(trial => trial.Validation!.MedianAbsoluteErrorDegrees).ToArray();
        Assert.Equal(errors.Order(), errors);
        Assert.Equal(result.Trials[0].Trial, result.Winner.Trial);
        var alone = RunFolder.Open(result.Winner.Run).ReadConfiguration();
        Assert.Null(alone.Training.ValidationFraction);
        Assert.Equal(24, RunFolder.Open(result.Winner.Run).ReadPredictions().Count);
        Assert.Equal(9, RunFolder.Open(result.Trials[0].Run).ReadPredictions().Count);
    }

    [Fact]
    public void SuccessiveHalvingEndsAsIfTheBestHadBeenTrainedAtOnce()
    {
        var recording = SmallRuns.Recording(60, 8);

        var whole = Search("whole", recording, Rates);
        var halved = Search("halved", recording, Rates, halving: 2, parallel: 3);

        Assert.Equal([20, 10, 10, 5, 5, 5], halved.Trials.Select(trial => trial.Budget));
        Assert.Equal(halved.Trials.Select(trial => trial.Epochs), halved.Trials.Select(trial => trial.Budget));
        Assert.Equal(whole.Trials.Single(trial => trial.Trial == halved.Winner.Trial).Validation, halved.Trials[0].Validation);
    }

    [Fact]
    public void EarlyStoppingAndHalvingGoTogether()
    {
        var recording = SmallRuns.Recording(60, 8);

        var whole = Search("whole", recording, Rates, patience: 4);
        var halved = Search("halved", recording, Rates, halving: 2, patience: 4);

        var best = whole.Trials.Single(trial => trial.Trial == halved.Winner.Trial);
        Assert.Equal((best.Validation, best.Epochs), (halved.Trials[0].Validation, halved.Trials[0].Epochs));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(40, null)]
    [InlineData(25, 2)]
    public void AnInterruptedSearchEndsAsIfItHadNeverBeenInterrupted(int reports, int? halving)
    {
        var recording = SmallRuns.Recording(60, 8);
        var whole = Search("whole", recording, Rates, halving);
        var (folder, configuration) = Create("interrupted", recording, Rates, halving);

        using (var interruption = new SmallRuns.CancelAfter(reports))
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => new SweepRun(folder, configuration, recording, Device.Default, parallel: 2).Execute(interruption, interruption.Token));
        }

        Assert.Null(folder.ReadResult());
        Directory.CreateDirectory(Path.Combine(folder.Trial(6), "of a killed process"));
        File.Delete(Path.Combine(folder.Trial(6), "config.json"));
        var result = Execute(SweepFolder.Open(folder.Root), folder.ReadConfiguration(), recording, parallel: 1);

        Assert.Equal(whole.Trials.Select(Scores), result.Trials.Select(Scores));
        Assert.Equal(whole.Winner.Test, result.Winner.Test);
    }

    [Fact]
    public void ATrialThatDivergesIsLast()
    {
        var result = Search("run", SmallRuns.Recording(60, 8), ["1e30", "1e-2"], optimizer: OptimizerKind.Sgd);

        Assert.Equal([2, 1], result.Trials.Select(trial => trial.Trial));
        Assert.Contains("training diverged", result.Trials[1].Failure);
        Assert.Null(result.Trials[1].Validation);
    }

    [Fact]
    public void TheNumberOfThreadsIsAsBefore()
    {
        var threads = Device.CpuThreads;

        Search("run", SmallRuns.Recording(60, 8), ["1e-2"], parallel: 5);

        Assert.Equal(threads, Device.CpuThreads);
    }

    private static (int Trial, int Budget, DecodingScores?) Scores(SweepResult.TrialSummary trial) => (trial.Trial, trial.Budget, trial.Validation);

    private static SweepResult Execute(SweepFolder folder, SweepConfiguration configuration, Recording recording, int parallel) =>
        new SweepRun(folder, configuration, recording, Device.Default, parallel).Execute(new SmallRuns.Silent(), TestContext.Current.CancellationToken);

    private SweepResult Search(
        string name, Recording recording, string[] rates, int? halving = null, int? patience = null, OptimizerKind optimizer = OptimizerKind.Adam, int parallel = 2)
    {
        var (folder, configuration) = Create(name, recording, rates, halving, patience, optimizer);
        return Execute(folder, configuration, recording, parallel);
    }

    private (SweepFolder Folder, SweepConfiguration Configuration) Create(
        string name, Recording recording, string[] rates, int? halving, int? patience = null, OptimizerKind optimizer = OptimizerKind.Adam)
    {
        var trials = rates.Select((rate, i) => new SweepTrial(
            i + 1,
            new Dictionary<string, string> { ["learning-rate"] = rate },
            new ModelOptions { Hidden = [6], Loss = LossKind.Circular },
            new TrainingOptions
            {
                LearningRate = double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture),
                Epochs = 20,
                BatchSize = 7,
                Optimizer = optimizer,
                EarlyStopping = patience,
                ValidationFraction = 0.25,
            }));
        var configuration = new SweepConfiguration
        {
            Data = new RecordingSource { File = "none" },
            Identity = RecordingIdentity.Of(recording),
            Searched = ["learning-rate"],
            Trials = [.. trials],
            SelectBy = SelectionCriterion.Median,
            Halving = halving,
        };
        return (SweepFolder.Create(_folder[name], configuration), configuration);
    }
}
