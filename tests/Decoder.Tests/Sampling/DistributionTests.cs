using Decoder.Sampling;

namespace Decoder.Tests.Sampling;

public sealed class DistributionTests
{
    private const int Draws = 400_000;

    /// <summary>Kolmogorov's statistic above this has a probability of 1e-4 under the right distribution.</summary>
    private static readonly double KolmogorovBound = 2.23 / Math.Sqrt(Draws);

    [Fact]
    public void NormalHasTheNormalDistribution()
    {
        var random = new RandomStream(1);
        var draws = Draw(() => Normal.Next(random));

        Assert.True(Kolmogorov(draws, NormalCumulative) < KolmogorovBound);
        Assert.InRange(draws.Average(x => x * x * x * x), 2.94, 3.06);

        // The tail beyond the ziggurat's base layer: 2.6e-4 of the draws.
        Assert.InRange(draws.Count(x => Math.Abs(x) > 3.6541528853610088), 60, 150);
    }

    [Fact]
    public void UniformIsUniformAndSuccessiveDrawsAreUncorrelated()
    {
        var random = new RandomStream(2, 17);
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            draws[i] = random.NextDouble();
        }

        var correlation = 12 * Enumerable.Range(1, Draws - 1).Average(i => (draws[i] - 0.5) * (draws[i - 1] - 0.5));
        Assert.InRange(correlation, -4 / Math.Sqrt(Draws), 4 / Math.Sqrt(Draws));
        Array.Sort(draws);
        Assert.True(Kolmogorov(draws, x => x) < KolmogorovBound);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void GammaHasTheErlangDistribution(int shape)
    {
        var random = new RandomStream(3, (ulong)shape);
        var draws = Draw(() => Gamma.Next(random, shape));

        Assert.True(Kolmogorov(draws, x => ErlangCumulative(shape, x)) < KolmogorovBound);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.7)]
    [InlineData(6)]
    [InlineData(60)]
    public void PoissonHasThePoissonDistribution(double rate)
    {
        var random = new RandomStream(4, (ulong)(rate * 100));
        var counts = new int[400];
        for (var i = 0; i < Draws; i++)
        {
            counts[Poisson.Next(random, rate)]++;
        }

        var (difference, expected, observed, probability) = (0.0, 0.0, 0.0, Math.Exp(-rate));
        for (var k = 0; k < counts.Length; k++)
        {
            expected += probability;
            observed += (double)counts[k] / Draws;
            difference = Math.Max(difference, Math.Abs(expected - observed));
            probability *= rate / (k + 1);
        }

        Assert.True(difference < KolmogorovBound, $"largest difference of the distribution functions: {difference}");
    }

    [Fact]
    public void NothingComesOfNothing()
    {
        var random = new RandomStream(5);

        Assert.Equal(0, Poisson.Next(random, 0));
        Assert.Equal(0, Gamma.Next(random, 0));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(501)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void PoissonRefusesRatesItCannotDraw(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Poisson.Next(new RandomStream(0), rate));

    private static double[] Draw(Func<double> next)
    {
        var draws = new double[Draws];
        for (var i = 0; i < draws.Length; i++)
        {
            draws[i] = next();
        }

        Array.Sort(draws);
        return draws;
    }

    private static double Kolmogorov(double[] sorted, Func<double, double> cumulative)
    {
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var expected = cumulative(sorted[i]);
            largest = Math.Max(largest, Math.Max(expected - (double)i / sorted.Length, (i + 1.0) / sorted.Length - expected));
        }

        return largest;
    }

    private static double ErlangCumulative(int shape, double x)
    {
        var (sum, term) = (0.0, 1.0);
        for (var k = 0; k < shape; k++)
        {
            sum += term;
            term *= x / (k + 1);
        }

        return 1 - Math.Exp(-x) * sum;
    }

    /// <summary>Phi(x) = 1/2 + phi(x) (x + x^3 / 3 + x^5 / 15 + ...), exact to rounding for |x| below 6.</summary>
    private static double NormalCumulative(double x)
    {
        var (sum, term) = (0.0, x);
        for (var k = 1; k < 200; k++)
        {
            sum += term;
            term *= x * x / (2 * k + 1);
        }

        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
