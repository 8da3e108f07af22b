using Decoder.Recordings;
using Decoder.Temporal;

namespace Decoder.Tests.Temporal;

public sealed class BinnedTracesTests
{
    [Fact]
    public void BinsAreLaidFromTheOnsetAndTheBaselineIsTakenOff()
    {
        // Times -3 .. 4; two trials of one neuron. The baseline has four samples, up to the onset itself.
        double[] times = [-3, -2, -1, 0, 1, 2, 3, 4, 5];
        var recording = new TraceRecording([1, 1, 3, 3, 10, 20, 30, 40, 99, 0, 0, 0, 0, 1, 1, 2, 4, 99], times, [0, 90], "test");

        var binned = BinnedTraces.Create(recording, 2);

        Assert.Equal([-4, -2, 0, 2], binned.Starts);
        Assert.Equal((2.0, 2, 1), (binned.Width, binned.OnsetBin, binned.NeuronCount));

        // The last sample is left over.
        Assert.Equal([-1, 1, 13, 33, 0, 0, 1, 3], binned.Values);
        Assert.Equal([1, 3, 13, 33], binned.Select([1, 0], 2, 2));
    }

    [Fact]
    public void NeuronsStayApart()
    {
        var recording = new TraceRecording([1, 2, 3, 4, 10, 20, 30, 40, 5, 6, 7, 8, 50, 60, 70, 80], [1, 2, 3, 4], [0, 90], "test");

        var binned = BinnedTraces.Create(recording, 2);

        Assert.Equal([1.5f, 15, 3.5f, 35, 5.5f, 55, 7.5f, 75], binned.Values);
        Assert.Equal(0, binned.OnsetBin);
    }

    [Fact]
    public void WithoutSamplesAfterTheOnsetThereIsNothingToDecode()
    {
        var recording = new TraceRecording([1, 2, 3, 4], [-1, 0], [0, 90], "test");
        Assert.Contains("0 of the samples", Assert.Throws<RecordingException>(() => BinnedTraces.Create(recording, 1)).Message);
    }

    /// <summary>The published mean responses of the same trials are those that the static decoder sees.</summary>
    [Fact]
    public void TheMeanOverBinsIsThePublishedResponse()
    {
        var path = RealData.Require("park2024/230809_mrcuts28_fov4.npz");
        var published = RecordingReader.Read(path);
        var binned = BinnedTraces.Create(TraceReader.Read(path, new(), null, "time", 0), 0.25);
        var bins = binned.Starts.Length;
        Assert.Equal((12, 4), (bins, binned.OnsetBin));
        for (var trial = 0; trial < published.StimulusCount; trial++)
        {
            for (var neuron = 0; neuron < published.NeuronCount; neuron++)
            {
                var mean = Enumerable.Range(4, 8).Average(bin => binned.Values[(trial * bins + bin) * published.NeuronCount + neuron]);
                Assert.Equal(published.Row(trial)[neuron], mean, 1e-3f * Math.Max(1, Math.Abs(mean)));
            }
        }
    }
}
