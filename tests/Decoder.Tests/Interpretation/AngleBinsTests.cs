using Decoder.Interpretation;

namespace Decoder.Tests.Interpretation;

public sealed class AngleBinsTests
{
    [Fact]
    public void TheFirstBinIsAroundZero()
    {
        var bins = new AngleBins(8, 360);

        Assert.Equal([0, 0, 1, 7, 0, 4, 0], new[] { 0, 22, 23, 337, 338, 180.0, -720 }.Select(bins.Of));
        Assert.Equal(45, bins.Centers[1]);
    }

    [Fact]
    public void TheFinestBinsHaveNoneThatIsEmpty()
    {
        float[] gratings = [0, 45, 90, 135, 180, 225, 270, 315];

        Assert.Equal(8, AngleBins.Finest(gratings, 360, 72)!.Count);
        Assert.Equal(4, AngleBins.Finest(gratings, 180, 72)!.Count);
        Assert.Equal(36, AngleBins.Finest([.. Enumerable.Range(0, 360).Select(degree => (float)degree)], 360, 36)!.Count);
        Assert.Null(AngleBins.Finest([0, 10, 20, 30], 360, 72));
    }

    [Fact]
    public void GroupsHaveAllNeighboursOnce()
    {
        var groups = new SortedGroups([5, 1, 4, 2, 3], 2);

        Assert.Equal([1, 3, 4, 2, 0], groups.Order);
        Assert.Equal([1, 3], groups[0].ToArray());
        Assert.Equal([4, 2, 0], groups[1].ToArray());
        Assert.Equal(new[,] { { 1.5, 4.0 } }, groups.AverageColumns(new double[,] { { 5, 1, 4, 2, 3 } }));
        Assert.Equal(5, new SortedGroups([5, 1, 4, 2, 3], 100).Count);
    }
}
