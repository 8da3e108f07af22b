using Decoder.Recordings;

namespace Decoder.Tests.Recordings;

public sealed class BinningTests
{
    [Fact]
    public void AveragesStimuliAndResponsesOfEachBin()
    {
        var recording = new Recording([1, 10, 2, 20, 3, 30, 5, 50], [7, 0, 5.9f, 12], "test", isSimulated: true);

        var binned = Binning.Bin(recording, 6);

        Assert.Equal([2.95f, 7, 12], binned.Stimuli);
        Assert.Equal([2.5f, 25, 1, 10, 5, 50], binned.Responses);
        Assert.True(binned.IsSimulated);
    }

    [Theory]
    [InlineData(6, 60)]
    [InlineData(1, 360)]
    [InlineData(360, 1)]
    [InlineData(7, 52)]
    [InlineData(0.5, 360)]
    public void TheTutorialsDataFallIntoSoManyBins(double width, int bins)
    {
        var stimuli = Enumerable.Range(0, 360).Select(i => (float)i).ToArray();
        var recording = new Recording(stimuli, stimuli, "test");
        if (bins == 1)
        {
            // A recording with one stimulus is not one.
            Assert.Throws<RecordingException>(() => Binning.Bin(recording, width));
            return;
        }

        var binned = Binning.Bin(recording, width);

        Assert.Equal(bins, binned.StimulusCount);
        Assert.Equal(binned.Stimuli, binned.Responses);
    }

    /// <summary>Expected values: numpy.digitize(stimuli, numpy.arange(0, 360 + w, w)).</summary>
    [Theory]
    [InlineData(90, new[] { -10f, -200f, 0f, 89.99f, 90f, 359.9f, 360f }, new[] { 0, 0, 1, 1, 2, 4, 5 })]
    [InlineData(100, new[] { -1f, 299f, 300f, 360f }, new[] { 0, 3, 4, 4 })]
    [InlineData(0.1, new[] { 0.1f, 0.2f, 0.3f, 0.7f }, new[] { 2, 3, 4, 7 })]
    public void EdgesAreNumpys(double width, float[] stimuli, int[] bins)
    {
        var binned = Binning.Bin(new Recording(new float[stimuli.Length], stimuli, "test"), width);

        var expected = stimuli.Zip(bins).GroupBy(pair => pair.Second).OrderBy(group => group.Key)
            .Select(group => (float)group.Average(pair => (double)pair.First));
        Assert.Equal(expected, binned.Stimuli);
    }

    [Fact]
    public void PartsOfASplitRecordingAreBinnedSeparately()
    {
        var recording = new Recording([1, 3, 10, 30], [0, 1, 0, 100], "test", testStart: 2);

        var binned = Binning.Bin(recording, 90);

        Assert.Equal(1, binned.TestStart);
        Assert.Equal([2, 10, 30], binned.Responses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(361)]
    [InlineData(double.NaN)]
    public void RefusesWidths(double width) =>
        Assert.Contains("bin width", Assert.Throws<RecordingException>(() => Binning.Bin(new Recording([1, 2], [0, 1], "test"), width)).Message);
}
