using Decoder.Recordings;
using Decoder.Sampling;
using Decoder.Simulation;

namespace Decoder.Tests.Simulation;

public sealed class PopulationSimulatorTests
{
    private static readonly SimulationOptions Small = new() { Neurons = 37, Trials = 501, Seed = 3 };

    [Fact]
    public void TheSameSeedGivesTheSameBitsOnAnyNumberOfThreads()
    {
        var one = SimulateBinned(Small with { Threads = 1 });
        var three = SimulateBinned(Small with { Threads = 3 });

        Assert.Equal(one.Responses, three.Responses);
        Assert.Equal(one.Stimuli, three.Stimuli);
        Assert.NotEqual(one.Responses, SimulateBinned(Small with { Seed = 4 }).Responses);
    }

    [Fact]
    public void ANeuronDoesNotDependOnHowManyThereAre()
    {
        var few = SimulateTrials(Small with { Neurons = 5 });
        var many = SimulateTrials(Small);

        for (var neuron = 0; neuron < 5; neuron++)
        {
            Assert.Equal(many.Neuron(neuron), few.Neuron(neuron));
        }
    }

    [Fact]
    public void BinnedResponsesAreTheMeansOfTheTrialsOfEachDegree()
    {
        var trials = SimulateTrials(Small);
        var binned = SimulateBinned(Small);

        var rowsOfDegree = Enumerable.Range(0, trials.StimulusCount)
            .GroupBy(row => (int)Math.Floor(trials.Stimuli[row] + 0.5) % 360).OrderBy(group => group.Key).ToList();
        Assert.Equal(rowsOfDegree.Select(group => (float)group.Key), binned.Stimuli);
        for (var i = 0; i < rowsOfDegree.Count; i++)
        {
            for (var neuron = 0; neuron < Small.Neurons; neuron++)
            {
                Assert.Equal(rowsOfDegree[i].Average(row => (double)trials.Row(row)[neuron]), binned.Row(i)[neuron], 1e-5);
            }
        }
    }

    [Fact]
    public void TheTutorialsDataHave360Stimuli()
    {
        var recording = SimulateBinned(new SimulationOptions { Neurons = 20 });

        Assert.Equal(Enumerable.Range(0, 360).Select(i => (float)i), recording.Stimuli);
        Assert.True(recording.IsSimulated);
        Assert.Contains("simulated", recording.Source);
    }

    [Fact]
    public void SingleTrialsAreZScored()
    {
        var recording = SimulateTrials(Small);
        for (var neuron = 0; neuron < Small.Neurons; neuron++)
        {
            var responses = recording.Neuron(neuron);
            Assert.Equal(0, responses.Average(x => (double)x), 1e-5);
            Assert.Equal(1, responses.Average(x => (double)x * x), 1e-4);
        }
    }

    [Fact]
    public void ParametersHaveTheirDistributions()
    {
        var neurons = Enumerable.Range(0, 20_000).Select(i => NeuronParameters.Draw(new RandomStream(1, (ulong)i))).ToArray();

        double Median(Func<NeuronParameters, double> value) => Decoder.Evaluation.Quantile.Median([.. neurons.Select(value)]);
        Assert.InRange(Median(n => n.PreferredDirection), 3.08, 3.20);
        Assert.InRange(Median(n => n.Concentration), 3.1, 3.3);
        Assert.Equal(40, neurons.Max(n => n.Concentration));
        Assert.InRange(Median(n => n.DirectionSelectivity), 0.49, 0.51);
        Assert.InRange(neurons.Count(n => n.Amplitude == 0), 340, 460);
        Assert.InRange(Median(n => n.Baseline), Math.Exp(-1.2) * 0.98, Math.Exp(-1.2) * 1.02);
        Assert.InRange(Median(n => n.GainSensitivity), 0.98, 1.02);
    }

    [Fact]
    public void TuningPeaksAtThePreferredDirectionAndHalfTurnsDependOnDirectionSelectivity()
    {
        var neuron = new NeuronParameters(1, 4, 0.25, 1, 1, 1);

        Assert.Equal(1, neuron.Tuning(1), 1e-12);
        Assert.Equal(0.75, neuron.Tuning(1 + Math.PI), 1e-12);
        Assert.Equal(Math.Exp(-8) * (0.75 + 0.125), neuron.Tuning(1 + Math.PI / 2), 1e-12);
    }

    /// <summary>
    /// Bounds around the whole population's figures: least squares 20.7 / 6.6 / 4.8 / 4.0 degrees with 10 / 100 / 250 /
    /// 1000 neurons (the real recording: 24.7 / 7.4 / 4.95 / 3.92), split-half reliability 0.81 (0.785).
    /// </summary>
    [Fact]
    public void SingleTrialsCarryAsMuchInformationAsTheRealOnes()
    {
        var recording = SimulateTrials(new SimulationOptions { Neurons = 1500 });

        Assert.InRange(LeastSquares.MedianOrientationError(recording, 10, draws: 20), 17, 26);
        Assert.InRange(LeastSquares.MedianOrientationError(recording, 100, draws: 3), 6, 8);
        Assert.InRange(LeastSquares.MedianOrientationError(recording, 250, draws: 1), 4.3, 5.5);
        var tuning = TuningStatistics.Compute(recording);
        Assert.InRange(tuning.MedianReliability!.Value, 0.75, 0.87);
        Assert.InRange(tuning.ReliableFraction!.Value, 0.8, 0.95);
        Assert.InRange(tuning.PreferenceConcentration, 0, 0.08);
    }

    /// <summary>
    /// Standard deviations of the first five components of all 23,589 neurons are 35, 29, 29, 17 and 17 (the real recording: 30, 28, 28, 20, 18). Variance
    /// shared among neurons grows with their number.
    /// </summary>
    [Fact]
    public void SharedVarianceHasTheSizeOfTheRealOne()
    {
        const int Neurons = 1000;
        var recording = SimulateTrials(new SimulationOptions { Neurons = Neurons });

        var scale = Math.Sqrt((double)SimulationOptions.DefaultNeurons / Neurons);
        var deviations = PrincipalComponents.Deviations(recording, 5).Select(deviation => deviation * scale).ToArray();

        Assert.InRange(deviations[0], 29, 41);
        Assert.InRange(deviations[1], 26, 34);
        Assert.InRange(deviations[2], 25, 33);
        Assert.InRange(deviations[3], 15, 22);
        Assert.InRange(deviations[4], 14, 21);
    }

    [Fact]
    public void ProgressEndsAtOneAndCancellationStops()
    {
        var last = new LastReport();
        SimulateBinned(Small, last);
        Assert.Equal(1, last.Value);

        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => PopulationSimulator.SimulateBinned(Small, null, cancellation.Token));
    }

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(-5, 100, 0)]
    [InlineData(10, 1, 0)]
    [InlineData(10, 100, -1)]
    [InlineData(int.MaxValue, int.MaxValue, 0)]
    public void RefusesWhatCannotBeSimulated(int neurons, int trials, int threads) => Assert.Throws<ArgumentException>(
        () => SimulateTrials(new SimulationOptions { Neurons = neurons, Trials = trials, Threads = threads }));

    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 3)]
    [InlineData(17, 33)]
    public void OddSizesWork(int neurons, int trials)
    {
        var recording = SimulateTrials(new SimulationOptions { Neurons = neurons, Trials = trials });

        Assert.Equal((trials, neurons), (recording.StimulusCount, recording.NeuronCount));
        Assert.All(recording.Responses, response => Assert.True(float.IsFinite(response)));
    }

    private static Recording SimulateBinned(SimulationOptions options, IProgress<double>? progress = null) =>
        PopulationSimulator.SimulateBinned(options, progress, TestContext.Current.CancellationToken);

    private static Recording SimulateTrials(SimulationOptions options) =>
        PopulationSimulator.SimulateTrials(options, null, TestContext.Current.CancellationToken);

    private sealed class LastReport : IProgress<double>
    {
        public double Value { get; private set; }

        public void Report(double value)
        {
            lock (this)
            {
                Value = Math.Max(Value, value);
            }
        }
    }
}
