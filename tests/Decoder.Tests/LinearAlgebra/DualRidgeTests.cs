using Decoder.LinearAlgebra;

namespace Decoder.Tests.LinearAlgebra;

public sealed class DualRidgeTests
{
    private const int Rows = 7;
    private const double Penalty = 0.7;

    // One input, so that ridge regression is a quotient.
    private static readonly double[] X = [-3, -1.5, -0.5, 0, 0.5, 1.5, 3], Y = [1, 0.5, 2, 1.5, 3, 2, 4];

    [Fact]
    public void PredictionsAreThoseOfTheRegressionItself()
    {
        var fit = new DualRidge(Gram(X, X), Rows, Penalty).Solve(Y, 1);

        double[] added = [2, -7];
        Assert.Equal(added.Select(x => Predict(X, Y, x)), fit.Predict(Gram(added, X)), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void LeftOutPredictionsAreThoseOfRegressionsOnTheOthers()
    {
        var fit = new DualRidge(Gram(X, X), Rows, Penalty).Solve(Y, 1);

        for (var i = 0; i < Rows; i++)
        {
            var expected = Predict([.. X.Where((_, j) => j != i)], [.. Y.Where((_, j) => j != i)], X[i]);
            Assert.Equal(expected, fit.LeftOut[i], 1e-6);
        }
    }

    [Fact]
    public void GeneralizedCrossValidationIsItsFormula()
    {
        // The smoother of a mean and one slope: degrees of freedom 1 + Σx² / (Σx² + λ).
        var freedom = 1 + X.Sum(x => x * x) / (X.Sum(x => x * x) + Penalty);
        var expected = X.Zip(Y, (x, y) => Math.Pow(y - Predict(X, Y, x), 2)).Average() / Math.Pow(1 - freedom / Rows, 2);

        Assert.Equal(expected, new DualRidge(Gram(X, X), Rows, Penalty).Solve(Y, 1).GeneralizedCrossValidation, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void APenaltyIsPositive(double penalty) => Assert.Contains("must be positive", Assert.Throws<ArgumentException>(() => new DualRidge([1], 1, penalty)).Message);

    /// <summary>Ridge regression with an unpenalized intercept.</summary>
    private static double Predict(double[] x, double[] y, double at)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / (x.Sum(a => (a - meanX) * (a - meanX)) + Penalty);
        return meanY + slope * (at - meanX);
    }

    private static float[] Gram(double[] rows, double[] columns) => [.. rows.SelectMany(a => columns.Select(b => (float)(a * b)))];
}
