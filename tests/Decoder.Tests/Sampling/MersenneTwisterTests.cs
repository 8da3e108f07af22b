using Decoder.Sampling;

namespace Decoder.Tests.Sampling;

/// <summary>Against numbers of the C++ standard, of NumPy and of libtorch.</summary>
public sealed class MersenneTwisterTests
{
    [Fact]
    public void BitsAreThoseOfTheReferenceImplementation()
    {
        // The C++ standard has it: the 10000th number of std::mt19937 with its default seed, [rand.predef].
        var random = new MersenneTwister(5489);
        for (var i = 0; i < 9999; i++)
        {
            random.NextUInt32();
        }

        Assert.Equal(4123659995u, random.NextUInt32());
    }

    [Fact]
    public void DoublesAreThoseOfNumPy() => Assert.Equal(0.5488135039273248, new MersenneTwister(0).NextDouble());

    [Theory]
    [InlineData(12, 0.0348427594f, 0.00424084393f, 0.0344003998f)]
    [InlineData(0, -0.0284297001f, 0.0105856871f, -0.0306092966f)]
    [InlineData(uint.MaxValue, 0.00761302048f, 0.0342494287f, 0.00251157978f)]
    public void ValuesOfALayerAreThoseOfPyTorch(uint seed, float first, float second, float third)
    {
        // A convolution of 294 weights and 6 biases before it, then a layer of 288 inputs.
        var random = new MersenneTwister(seed);
        for (var i = 0; i < 300; i++)
        {
            random.NextUInt32();
        }

        var bound = (float)(1 / Math.Sqrt(288));
        Assert.Equal([first, second, third], [random.NextSingle(bound), random.NextSingle(bound), random.NextSingle(bound)]);
    }

    [Fact]
    public void PermutationsAreThoseOfPyTorch()
    {
        var random = new MersenneTwister(12);
        for (var i = 0; i < 300 + 2880 + 10 + 10 + 1; i++)
        {
            random.NextUInt32();
        }

        var (first, second) = (random.NextPermutation(1000), random.NextPermutation(1000));
        Assert.Equal([965, 433, 428, 999, 920, 502, 998, 925], first[..8]);
        Assert.Equal([588, 712, 552], first[^3..]);
        Assert.Equal([884, 395, 191, 559], second[..4]);
        Assert.Equal(Enumerable.Range(0, 1000), first.Order());
        Assert.Equal([0], random.NextPermutation(1));
        Assert.Empty(random.NextPermutation(0));
    }
}
