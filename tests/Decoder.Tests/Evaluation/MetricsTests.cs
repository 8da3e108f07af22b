using Decoder.Evaluation;

namespace Decoder.Tests.Evaluation;

public sealed class MetricsTests
{
    [Fact]
    public void RegressionMetricsAreAsDefined()
    {
        var metrics = RegressionMetrics.Compute([10, 100, 190, 2], [0, 90, 180, 358], 360);

        // On the line the last one is off by 356 degrees, on the circle by 4.
        Assert.Equal((100 + 100 + 100 + 356.0 * 356) / 4, metrics.MeanSquaredError, 1e-9);
        Assert.Equal(10, metrics.MedianAbsoluteError, 1e-9);
        Assert.Equal(8.5, metrics.MeanAbsoluteError, 1e-9);
        var total = new[] { 0.0, 90, 180, 358 }.Sum(x => (x - 157) * (x - 157));
        Assert.Equal(1 - 4 * metrics.MeanSquaredError / total, metrics.R2, 1e-12);
    }

    [Fact]
    public void PerfectAndConstantPredictionsScoreOneAndZero()
    {
        Assert.Equal(1, RegressionMetrics.Compute([1, 2, 3], [1, 2, 3], 360).R2);
        Assert.Equal(0, RegressionMetrics.Compute([2, 2, 2], [1, 2, 3], 360).R2, 1e-12);
        Assert.Equal(0, RegressionMetrics.Compute([3], [2], 360).R2);
    }

    [Fact]
    public void GuessingHasAMedianErrorOfAQuarterPeriod()
    {
        var random = new Decoder.Sampling.RandomStream(1);
        var (guesses, actual) = (new float[20_000], new float[20_000]);
        for (var i = 0; i < guesses.Length; i++)
        {
            (guesses[i], actual[i]) = ((float)(360 * random.NextDouble()), (float)(360 * random.NextDouble()));
        }

        Assert.InRange(RegressionMetrics.Compute(guesses, actual, 360).MedianAbsoluteError, 88, 92);
        Assert.InRange(RegressionMetrics.Compute(guesses, actual, 180).MedianAbsoluteError, 44, 46);
    }

    [Fact]
    public void AccuracyCountsAgreement() => Assert.Equal(0.75, Accuracy.Compute([1, 2, 3, 4], [1, 2, 3, 0]));

    [Fact]
    public void PairsMustMatchAndExist()
    {
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Compute([1], [1, 2], 360));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Compute([], [], 360));
        Assert.Throws<ArgumentException>(() => Accuracy.Compute([1], []));
    }

    /// <summary>Expected values: numpy.quantile.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.99, 3.97)]
    [InlineData(1, 4)]
    public void QuantilesAreNumpys(double fraction, double expected) => Assert.Equal(expected, Quantile.Of([4, 1, 3, 2], fraction), 1e-12);

    [Fact]
    public void QuantilesOfNaNAreNaNAndOfNothingRefused()
    {
        Assert.Equal(double.NaN, Quantile.Median([1, double.NaN, 2]));
        Assert.Throws<ArgumentException>(() => Quantile.Median([]));
        Assert.Throws<ArgumentException>(() => Quantile.Of([1], 1.1));
    }
}
