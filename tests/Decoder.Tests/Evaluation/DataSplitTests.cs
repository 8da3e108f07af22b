using Decoder.Evaluation;
using Decoder.Recordings;

namespace Decoder.Tests.Evaluation;

public sealed class DataSplitTests
{
    [Theory]
    [InlineData(360, 0.4, 216)]
    [InlineData(360, 0.25, 270)]
    [InlineData(10, 0.3, 7)]
    [InlineData(2, 0.5, 1)]
    public void ShuffledSplitsHaveTheRightSizesAndEveryRowOnce(int count, double fraction, int train)
    {
        var split = DataSplit.Shuffled(count, fraction, seed: 4);

        Assert.Equal(train, split.Train.Length);
        Assert.Equal(Enumerable.Range(0, count), split.Train.Concat(split.Test).Order());
    }

    [Fact]
    public void TheSeedDecides()
    {
        Assert.Equal(DataSplit.Shuffled(100, 0.4, 4).Train, DataSplit.Shuffled(100, 0.4, 4).Train);
        Assert.NotEqual(DataSplit.Shuffled(100, 0.4, 4).Train, DataSplit.Shuffled(100, 0.4, 5).Train);
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(128, 5)]
    [InlineData(3, 3)]
    public void EachRowIsTestedOnExactlyOnce(int count, int folds)
    {
        var splits = DataSplit.Folds(Stimuli(count), folds, seed: 1);

        Assert.Equal(folds, splits.Length);
        Assert.Equal(Enumerable.Range(0, count), splits.SelectMany(split => split.Test).Order());
        Assert.All(splits, split => Assert.Equal(Enumerable.Range(0, count), split.Train.Concat(split.Test).Order()));
        Assert.InRange(splits.Max(split => split.Test.Length) - splits.Min(split => split.Test.Length), 0, 1);
    }

    [Fact]
    public void ARecordingThatComesSplitKeepsItsSplit()
    {
        var split = DataSplit.Of(new Recording([1, 2, 3], [0, 1, 2], "test", testStart: 1), 0.4, seed: 0);

        Assert.Equal([0], split.Train);
        Assert.Equal([1, 2], split.Test);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 1)]
    [InlineData(10, -0.1)]
    [InlineData(10, double.NaN)]
    [InlineData(1, 0.5)]
    public void RefusesSplitsWithAnEmptyPart(int count, double fraction) =>
        Assert.Throws<ArgumentException>(() => DataSplit.Shuffled(count, fraction, 0));

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 11)]
    public void RefusesFolds(int count, int folds) => Assert.Throws<ArgumentException>(() => DataSplit.Folds(Stimuli(count), folds, 0));

    [Fact]
    public void DealsTheRowsOfAStimulusOutEvenly()
    {
        // 4 stimuli shown 10 times each: 2 rows of each in each of 5 folds.
        var stimuli = Enumerable.Range(0, 40).Select(row => (float)(row % 4)).ToArray();

        var splits = DataSplit.Folds(stimuli, 5, seed: 3);

        Assert.All(splits, split => Assert.All(
            split.Test.CountBy(row => stimuli[row]), stimulus => Assert.Equal(2, stimulus.Value)));
        Assert.All(splits, split => Assert.Equal(8, split.Test.Length));
    }

    private static float[] Stimuli(int count) => [.. Enumerable.Range(0, count).Select(row => (float)row)];
}
