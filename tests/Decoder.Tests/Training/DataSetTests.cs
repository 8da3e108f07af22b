using Autodiff;
using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Tests.Training;

/// <summary>Mini-batches that are gathered from the recording are those of a preprocessed copy, and no such copy is made.</summary>
public sealed class DataSetTests
{
    private const int Rows = 600;

    private static readonly ModelOptions Model = new() { Hidden = [7], Loss = LossKind.Circular };

    [Theory]
    [InlineData(Normalization.None, 0)]
    [InlineData(Normalization.ZScore, 0)]
    [InlineData(Normalization.ZScore, 3)]
    public void ABatchIsTheSameAsThatOfRowsOnTheDevice(Normalization normalization, int components)
    {
        var (streamed, resident, network) = Create(SmallRuns.Recording(Rows, 40), new(normalization, components));
        int[] batch = [599, 0, 17, 17, 300, 256];

        using var scope = new Tape(record: false);
        Assert.False(streamed.IsOnDevice);
        Assert.True(resident.IsOnDevice);
        Assert.Equal(resident.Loss(network, batch).Item(), streamed.Loss(network, batch).Item());

        // Of 600 rows the outputs come in three parts, each a product of another shape: equal to rounding.
        Assert.Equal(resident.Loss(network).Item(), streamed.Loss(network).Item(), 1e-6f);
    }

    [Fact]
    public void TrainingOnBatchesMakesNoCopyOfTheRecording()
    {
        const int Neurons = 3000;
        var recording = SmallRuns.Recording(Rows, Neurons);
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var preprocessing = PreprocessingPipeline.Fit(new(Normalization.ZScore), recording, rows);
        var data = new DataSet(recording, rows, preprocessing, new CircularObjective(360), Device.Cpu);

        // The recording has 7.2 million bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, recording.Responses.Length);
        Assert.False(data.IsOnDevice);
        Assert.Equal(Rows, data.Count);
    }

    [Fact]
    public void RowsThatAreNotThereAreRefused()
    {
        var recording = SmallRuns.Recording(10, 4);
        Assert.Contains("rows 0 to 9", Assert.Throws<ArgumentException>(() => new ResponseRows(recording, [10])).Message);
        Assert.Contains("rows 0 to 9", Assert.Throws<ArgumentException>(() => new ResponseRows(recording, [-1])).Message);
        var step = Standardization.Fit(new float[6], 3);
        Assert.Contains("for 3 neurons", Assert.Throws<ArgumentException>(() => new ResponseRows(recording, [1], step)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResponseRows(recording, [3, 4]).Read(1, new float[8]));
    }

    private static (DataSet Streamed, DataSet Resident, Sequential<float> Network) Create(Recording recording, PreprocessingOptions options)
    {
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var (pipeline, objective) = (Pipeline(recording, options), new CircularObjective(360));
        return (
            new DataSet(recording, rows, pipeline, objective, Device.Cpu),
            new DataSet(recording, rows, pipeline, objective, Device.Cpu, isOneBatch: true),
            DecoderNetwork.Create(recording.NeuronCount, Model, objective.OutputCount, new Generator(1), Device.Cpu));
    }

    private static PreprocessingPipeline Pipeline(Recording recording, PreprocessingOptions options) =>
        PreprocessingPipeline.Fit(options, recording, [.. Enumerable.Range(0, Rows)]);
}
