using Decoder.Evaluation;

namespace Decoder.Tests.Evaluation;

public sealed class DiscriminationTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(5)]
    public void LogisticErrorsHaveTheThresholdOfTheirScale(double scale)
    {
        // Quantiles of the logistic distribution: P(error > -d) is then 1 / (1 + exp(-d / s)), which is 0.75 at s ln 3.
        var errors = Errors(2000, p => scale * Math.Log(p / (1 - p)));

        var discrimination = Discrimination.Compute(errors, 360);

        Assert.Equal(scale * Math.Log(3), discrimination.ThresholdDegrees!.Value, 0.01 * scale);
        Assert.All(
            discrimination.Differences.Zip(discrimination.ChoseRight),
            point => Assert.Equal(discrimination.Fitted(point.First), point.Second, 0.01));
    }

    [Fact]
    public void ABiasIsTakenOut()
    {
        // The width of the errors decides as long as the bias is small beside it.
        var errors = Errors(2000, p => 2 * Math.Log(p / (1 - p)));
        var biased = Array.ConvertAll(errors, error => error + 0.3);

        var (plain, moved) = (Discrimination.Compute(errors, 360), Discrimination.Compute(biased, 360));

        Assert.Equal(plain.ThresholdDegrees!.Value, moved.ThresholdDegrees!.Value, 0.05);
        Assert.Equal(0.5, moved.ChoseRight[moved.ChoseRight.Length / 2], 12);
        Assert.All(
            moved.ChoseRight.Zip(moved.ChoseRight.Reverse()), pair => Assert.Equal(1, pair.First + pair.Second, 12));
    }

    [Fact]
    public void AGuesserTellsOnlyOppositeAnglesApart()
    {
        // Three in four of evenly spread errors are right at a quarter of the circle, no sooner.
        var threshold = Discrimination.Compute(Errors(1000, p => 360 * p - 180), 360).ThresholdDegrees;

        Assert.True(threshold is null or > 80, $"{threshold}");
    }

    [Fact]
    public void NoErrorsNeedNoDifference()
    {
        var discrimination = Discrimination.Compute(new double[5], 180);

        Assert.Equal(0, discrimination.ThresholdDegrees);
        Assert.Equal([0, 0.5, 1], discrimination.ChoseRight);
        Assert.Equal(1, discrimination.Fitted(0.1));
    }

    [Fact]
    public void AWrongSignTellsNothingApart()
    {
        double[] errors = [-90, 90, 90, -90];

        Assert.Null(Discrimination.Compute(errors, 180).ThresholdDegrees);
    }

    [Fact]
    public void RefusesNothingAndNaN()
    {
        Assert.Throws<ArgumentException>(() => Discrimination.Compute([], 360));
        Assert.Throws<ArgumentException>(() => Discrimination.Compute([1, double.NaN], 360));
    }

    private static double[] Errors(int count, Func<double, double> quantile) => [.. Enumerable.Range(0, count).Select(i => quantile((i + 0.5) / count))];
}
