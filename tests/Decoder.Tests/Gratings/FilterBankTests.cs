using Decoder.Gratings;

namespace Decoder.Tests.Gratings;

public sealed class FilterBankTests
{
    private const int Pixels = FilterBank.Size * FilterBank.Size;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CentreOnIsCentreOffWithTheOtherSign(bool balanced)
    {
        var filters = FilterBank.Create(balanced);

        Assert.Equal(FilterBank.Count * Pixels, filters.Length);
        Assert.Equal(filters[..Pixels], filters[Pixels..(2 * Pixels)].Select(value => -value));
        Assert.Equal(filters[..Pixels].Max(), filters[Pixels / 2]);
    }

    [Fact]
    public void BalancedFiltersSumToZeroAndDifferFromTheOthersByAConstant()
    {
        var (balanced, plain) = (FilterBank.Create(balanced: true), FilterBank.Create(balanced: false));
        for (var filter = 0; filter < FilterBank.Count; filter++)
        {
            var range = (filter * Pixels)..((filter + 1) * Pixels);
            Assert.Equal(0, balanced[range].Sum(value => (double)value), 1e-5);
            Assert.Equal(1, plain[range].Max(Math.Abs), 1e-6);
            var shift = plain[range].Average();
            Assert.All(plain[range].Zip(balanced[range]), pair => Assert.Equal(shift, pair.First - pair.Second, 1e-6f));
        }
    }

    [Fact]
    public void CentreFiltersLookAlikeFromAllSides()
    {
        var filter = FilterBank.Create(balanced: false)[..Pixels];
        foreach (var (y, x) in from y in Enumerable.Range(0, FilterBank.Size) from x in Enumerable.Range(0, FilterBank.Size) select (y, x))
        {
            var value = filter[y * FilterBank.Size + x];
            Assert.Equal(value, filter[x * FilterBank.Size + y], 1e-6f);
            Assert.Equal(value, filter[y * FilterBank.Size + FilterBank.Size - 1 - x], 1e-6f);
        }
    }

    /// <summary>cos(u + pi / 2) is odd, so a Gabor filter turned by half a turn changes its sign; and 90 degrees swap the axes.</summary>
    [Fact]
    public void GaborFiltersAreOddAndTurnByFortyFiveDegrees()
    {
        var filters = FilterBank.Create(balanced: false);
        var gabors = Enumerable.Range(2, 4).Select(i => filters[(i * Pixels)..((i + 1) * Pixels)]).ToArray();
        Assert.All(gabors, gabor => Assert.All(Enumerable.Range(0, Pixels), i => Assert.Equal(-gabor[i], gabor[Pixels - 1 - i], 1e-6f)));
        for (var y = 0; y < FilterBank.Size; y++)
        {
            for (var x = 0; x < FilterBank.Size; x++)
            {
                Assert.Equal(gabors[0][y * FilterBank.Size + x], gabors[2][x * FilterBank.Size + y], 1e-6f);
                Assert.Equal(gabors[1][y * FilterBank.Size + x], gabors[3][(FilterBank.Size - 1 - y) * FilterBank.Size + x], 1e-6f);
            }
        }
    }
}
