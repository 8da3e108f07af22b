using Decoder.Evaluation;

namespace Decoder.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void CountsPairsAndLeavesClassesThatWereNotShownOpen()
    {
        var matrix = ConfusionMatrix.Compute([0, 1, 1, 2], [0, 0, 1, 1], 3);

        Assert.Equal(new[,] { { 1, 1, 0 }, { 0, 1, 1 }, { 0, 0, 0 } }, matrix.Counts);
        Assert.Equal(new[,] { { 0.5, 0.5, 0 }, { 0, 0.5, 0.5 }, { double.NaN, double.NaN, double.NaN } }, matrix.Fractions());
    }

    [Fact]
    public void RefusesWhatIsNoClass()
    {
        Assert.Contains("class -1 was decoded as 0", Assert.Throws<ArgumentException>(() => ConfusionMatrix.Compute([0], [-1], 3)).Message);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Compute([3], [0], 3));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Compute([0, 1], [0], 3));
    }
}
