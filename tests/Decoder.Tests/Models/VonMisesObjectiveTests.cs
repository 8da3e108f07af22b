using Decoder.Models;

namespace Decoder.Tests.Models;

public sealed class VonMisesObjectiveTests
{
    [Theory]
    [InlineData(360)]
    [InlineData(180)]
    public void TheAngleIsTheDecodedOneAndTheLengthItsCertainty(int period)
    {
        var objective = new VonMisesObjective(period);
        var phase = Math.Tau * 50 / period;
        var prediction = objective.Decode(3, [(float)(400 * Math.Cos(phase)), (float)(400 * Math.Sin(phase))], 20);

        Assert.Equal(50, prediction.Decoded, 1e-4f);

        // A narrow von Mises distribution is a Gaussian of variance 1 / kappa.
        Assert.Equal(period / Math.Tau / 20, prediction.CircularDeviation!.Value, 0.01);
        Assert.True(double.IsPositiveInfinity(objective.Decode(0, [0, 0], 20).CircularDeviation!.Value));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(5e4)]
    public void TheConcentrationOfAMeanLengthIsFoundAgain(double concentration) =>
        Assert.Equal(concentration, Concentration.OfMeanLength(Concentration.MeanLength(concentration)), 1e-6 * (1 + concentration));

    [Fact]
    public void MeanLengthsOfDistributionsAreAveraged()
    {
        // Two equally sure members that are 60 degrees apart: the mean vector lies between them and is cos 30 times as long.
        float[] members = [4, 0, 4 * MathF.Cos(MathF.PI / 3), 4 * MathF.Sin(MathF.PI / 3)];
        var combined = new float[2];
        new VonMisesObjective(360).Combine(members, combined);

        Assert.Equal(MathF.PI / 6, MathF.Atan2(combined[1], combined[0]), 1e-5f);
        var expected = Concentration.MeanLength(4) * Math.Cos(Math.PI / 6);
        Assert.Equal(expected, Concentration.MeanLength(Math.Sqrt(combined[0] * combined[0] + combined[1] * combined[1])), 1e-5);
    }

    [Fact]
    public void EveryObjectiveAveragesItsMembersAsWhatTheyStandFor()
    {
        var degrees = new float[1];
        new DegreesObjective().Combine([10, 20, 60], degrees);
        Assert.Equal(30, degrees[0], 1e-4f);

        // A long vector has no more votes than a short one.
        var vector = new float[2];
        new CircularObjective(360).Combine([100, 0, 0, 1], vector);
        Assert.Equal(0.5f, vector[0], 1e-6f);
        Assert.Equal(0.5f, vector[1], 1e-6f);

        // Probabilities (0.5, 0.5) and (0.9, 0.1).
        var scores = new float[2];
        var classes = ClassObjective.Fit(new ModelOptions { Loss = LossKind.Classes, Classes = 2 }, [0, 180]);
        classes.Combine([1000, 1000, MathF.Log(9), 0], scores);
        Assert.Equal(0.7f, MathF.Exp(scores[0]), 1e-5f);
        Assert.Equal(0.3f, MathF.Exp(scores[1]), 1e-5f);
    }

    [Fact]
    public void PredictionsWithDeviationsAreReadAsTheyWereWritten()
    {
        using var folder = new TemporaryFolder();
        Prediction[] predictions = [new(4, 10, 12.5f) { CircularDeviation = 3.25 }, new(7, float.NaN, 1) { CircularDeviation = double.PositiveInfinity }];
        PredictionTable.Write(folder["table.csv"], predictions);

        Assert.StartsWith("row,decoded,actual,circularDeviation\n4,12.5,10,3.25\n", File.ReadAllText(folder["table.csv"]), StringComparison.Ordinal);
        Assert.Equal(predictions, PredictionTable.Read(folder["table.csv"]));
    }

    [Theory]
    [InlineData(0, 1, 1 / Math.PI)]
    [InlineData(2, Math.PI, 1)]
    [InlineData(1e6, 1.959963984540054e-3, 0.95)]
    [InlineData(1e6, 0, 0)]
    [InlineData(1e6, 1, 1)]
    public void CentralIntervalsHaveTheirProbability(double concentration, double distance, double expected) =>
        Assert.Equal(expected, Concentration.Within(concentration, distance), 1e-5);

    [Fact]
    public void ConcentrationAndDeviationAreInverse()
    {
        foreach (var concentration in (double[])[0.3, 2, 50, 5000])
        {
            Assert.Equal(concentration, Concentration.OfDeviation(Concentration.Deviation(concentration)), 1e-5 * concentration);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Concentration.Within(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Concentration.Within(1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Concentration.Within(double.NaN, 1));
    }
}
