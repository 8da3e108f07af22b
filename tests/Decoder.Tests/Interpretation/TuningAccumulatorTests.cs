using Decoder.Interpretation;

namespace Decoder.Tests.Interpretation;

public sealed class TuningAccumulatorTests
{
    [Theory]
    [InlineData(360)]
    [InlineData(180)]
    public void FindsThePeakOfTuningCurvesAlsoWhereTheCircleCloses(int period)
    {
        double[] peaks = [0, 3, 90, period - 2];
        var tuning = new TuningAccumulator(peaks.Length, period);
        for (var degree = 0; degree < 360; degree++)
        {
            tuning.Add(degree, Array.ConvertAll(peaks, peak => (float)Math.Exp(5 * Math.Cos(Math.Tau * (degree - peak) / period))));
        }

        Assert.Equal(peaks, tuning.PreferredAngles());
    }

    [Fact]
    public void OneLoudTrialDoesNotMakeAPeak()
    {
        var tuning = new TuningAccumulator(1, 360);
        for (var degree = 0; degree < 360; degree++)
        {
            tuning.Add(degree, [(float)Math.Exp(3 * (Math.Cos((degree - 100) * Math.PI / 180) - 1)) + (degree == 250 ? 2 : 0)]);
        }

        Assert.InRange(tuning.PreferredAngles()[0], 98, 102);
    }

    [Fact]
    public void OnlyWhatWasShownCanBePreferredAndEachStimulusCountsOnce()
    {
        // Many weak responses at 45 degrees are still weak.
        var tuning = new TuningAccumulator(1, 360);
        for (var trial = 0; trial < 50; trial++)
        {
            tuning.Add(45, [1]);
        }

        tuning.Add(405 - 45 + 135, [2]);

        Assert.Equal([135], tuning.PreferredAngles());
    }

    [Fact]
    public void RefusesOtherUnitsAndNothing()
    {
        var tuning = new TuningAccumulator(2, 360);

        Assert.Throws<ArgumentException>(() => tuning.Add(0, [1]));
        Assert.Throws<InvalidOperationException>(() => tuning.PreferredAngles());
    }
}
