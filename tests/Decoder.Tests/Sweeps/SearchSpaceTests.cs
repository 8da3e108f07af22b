using System.Globalization;
using Decoder.Sweeps;
using Decoder.Terminal;

namespace Decoder.Tests.Sweeps;

public sealed class SearchSpaceTests
{
    private static readonly SearchDimension Names = new("activation", SearchScale.Name, ["relu", "tanh"]);
    private static readonly SearchDimension Numbers = new("l2", SearchScale.Logarithmic, ["0", "1e-2", "1"]);

    [Fact]
    public void AGridHasEachCombinationOnceTheLastOptionFastest()
    {
        var grid = new SearchSpace([Names, Numbers]).Combinations(null, seed: 0);

        Assert.Equal(["relu 0", "relu 1e-2", "relu 1", "tanh 0", "tanh 1e-2", "tanh 1"], grid.Select(values => string.Join(' ', values)));
    }

    [Fact]
    public void DrawnCombinationsAreDistinctAndThoseOfTheSeed()
    {
        var space = new SearchSpace([Names, Numbers]);

        var drawn = space.Combinations(4, seed: 1).Select(values => string.Join(' ', values)).ToArray();

        Assert.Equal(4, drawn.Distinct().Count());
        Assert.Equal(drawn, space.Combinations(4, seed: 1).Select(values => string.Join(' ', values)));
        Assert.Contains(
            Enumerable.Range(2, 5).Select(seed => space.Combinations(4, (ulong)seed).Select(values => string.Join(' ', values))), other => !drawn.SequenceEqual(other));
        Assert.Equal(6, space.Combinations(100, seed: 1).Count);
    }

    [Theory]
    [InlineData("Logarithmic", "1e-4..1e-2", 1e-3)]
    [InlineData("Linear", "0..0.8", 0.4)]
    [InlineData("Integer", "10..1000", 100)]
    public void ARangeIsDrawnEvenlyOnItsScale(string scale, string range, double middle)
    {
        var space = new SearchSpace([new("x", Enum.Parse<SearchScale>(scale), [range])]);
        var (low, high) = (double.Parse(range.Split("..")[0], CultureInfo.InvariantCulture), double.Parse(range.Split("..")[1], CultureInfo.InvariantCulture));

        var drawn = space.Combinations(400, seed: 3).Select(values => double.Parse(values[0], CultureInfo.InvariantCulture)).ToArray();

        Assert.All(drawn, value => Assert.InRange(value, low, high));

        // Half of them below the middle of the scale, within four standard deviations; distinct whole numbers are fewer below it.
        Assert.InRange(drawn.Count(value => value < middle) / (double)drawn.Length, scale == "Integer" ? 0.2 : 0.4, 0.6);
    }

    [Theory]
    [InlineData("Name", "relu..tanh", "names have no range")]
    [InlineData("Logarithmic", "0..1", "a range of positive numbers")]
    [InlineData("Logarithmic", "1..0.1", "the smaller first")]
    [InlineData("Linear", "0..NaN", "a range of two numbers")]
    [InlineData("Integer", "1.5..3", "a range of whole numbers")]
    [InlineData("Integer", "1..2..3", "a range of whole numbers")]
    [InlineData("Linear", "0..1 0.5", "either values or one range")]
    [InlineData("Linear", "0.5 0.1 0.5", "--x 0.5 is there twice")]
    public void RefusesWhatIsNoRange(string scale, string values, string message)
    {
        var exception = Assert.Throws<InvalidInputException>(() => new SearchDimension("x", Enum.Parse<SearchScale>(scale), values.Split(' ')));

        Assert.Contains(message, exception.Message);
        Assert.Contains("--x", exception.Message);
    }

    [Fact]
    public void RefusesAGridOfRangesAndOneThatWouldNotEnd()
    {
        var range = new SearchDimension("dropout", SearchScale.Linear, ["0..0.5"]);
        string[] many = [.. Enumerable.Range(1, 101).Select(value => value.ToString(CultureInfo.InvariantCulture))];
        var large = new SearchSpace([new("a", SearchScale.Linear, many), new("b", SearchScale.Linear, many)]);

        Assert.Contains("--samples N", Assert.Throws<InvalidInputException>(() => new SearchSpace([range]).Combinations(null, 0)).Message);
        Assert.Contains("10,201 combinations", Assert.Throws<InvalidInputException>(() => large.Combinations(null, 0)).Message);
        Assert.Equal(7, large.Combinations(7, 0).Count);
    }
}
