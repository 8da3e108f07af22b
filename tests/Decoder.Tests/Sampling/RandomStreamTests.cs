using Decoder.Sampling;

namespace Decoder.Tests.Sampling;

public sealed class RandomStreamTests
{
    [Fact]
    public void TheSameSeedAndStreamGiveTheSameNumbers() =>
        Assert.Equal(Take(new RandomStream(42, 7)), Take(new RandomStream(42, 7)));

    [Fact]
    public void SeedsAndStreamsDiffer()
    {
        var seen = new HashSet<ulong>();
        for (var seed = 0UL; seed < 40; seed++)
        {
            for (var stream = 0UL; stream < 40; stream++)
            {
                Assert.All(Take(new RandomStream(seed, stream)), number => Assert.True(seen.Add(number)));
            }
        }
    }

    [Fact]
    public void IntegersAreUniformWithinTheirRange()
    {
        var random = new RandomStream(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.NextInt32(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt32(0));
    }

    [Fact]
    public void ShuffleReachesEveryOrderEquallyOften()
    {
        var random = new RandomStream(9);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 24_000; i++)
        {
            char[] letters = ['a', 'b', 'c', 'd'];
            random.Shuffle(letters.AsSpan());
            var order = new string(letters);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    private static ulong[] Take(RandomStream random) => [.. Enumerable.Range(0, 5).Select(_ => random.NextUInt64())];
}
