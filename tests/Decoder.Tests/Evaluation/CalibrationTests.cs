using Decoder.Evaluation;
using Decoder.Sampling;

namespace Decoder.Tests.Evaluation;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(1, 0, 0.03)]
    [InlineData(0.5, 0.2, 0.4)]
    public void ProbabilitiesThatAreRightLieOnTheLine(double truth, double least, double most)
    {
        // Right with the probability that is said, or with a part of it: then on average half of a mean of 0.6 too sure.
        var random = new RandomStream(5);
        var (probabilities, isRight) = (new double[4000], new bool[4000]);
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = 0.2 + 0.8 * random.NextDouble();
            isRight[i] = random.NextDouble() < truth * probabilities[i];
        }

        var calibration = Calibration.OfClasses(probabilities, isRight);

        Assert.InRange(calibration.Error, least, most);
        Assert.Equal(4000, calibration.Counts.Sum());
        Assert.Equal(10, calibration.Counts.Length);
        Assert.Equal(calibration.Predicted.Order(), calibration.Predicted);
    }

    [Fact]
    public void FewTrialsHaveFewBins()
    {
        var calibration = Calibration.OfClasses([0.9, 0.5], [true, false]);

        Assert.Equal([0.5, 0.9], calibration.Predicted);
        Assert.Equal([0, 1], calibration.Observed);
        Assert.Equal(0.3, calibration.Error, 12);
    }

    [Fact]
    public void UniformProbabilitiesOfErrorsAreCoveredAsNominal()
    {
        double[] uniform = [.. Enumerable.Range(0, 1000).Select(i => (i + 0.5) / 1000)];

        Assert.Equal(0, Calibration.OfIntervals(uniform).Error, 3);

        // Too narrow by half: errors that are said to be rare are common.
        var narrow = Calibration.OfIntervals(Array.ConvertAll(uniform, Math.Sqrt));
        Assert.All(narrow.Predicted.Zip(narrow.Observed), point => Assert.True(point.Second < point.First));
        Assert.Equal([0.25], Calibration.OfIntervals(Array.ConvertAll(uniform, Math.Sqrt), levels: 1).Observed);
    }

    [Fact]
    public void RefusesNothing()
    {
        Assert.Throws<ArgumentException>(() => Calibration.OfIntervals([]));
        Assert.Throws<ArgumentException>(() => Calibration.OfClasses([0.5], []));
    }
}
