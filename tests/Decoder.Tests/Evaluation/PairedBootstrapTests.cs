using Decoder.Evaluation;
using Decoder.Sampling;

namespace Decoder.Tests.Evaluation;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void IntervalsOfPairedDifferencesCoverTheTruthAsOftenAsTheySay()
    {
        // Trials that are hard for both decoders, and a difference of 0.3 on average.
        const int Experiments = 300;
        var (covered, width) = (0, 0.0);
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            var random = new RandomStream(3, (ulong)experiment);
            var (first, second) = (new double[80], new double[80]);
            for (var i = 0; i < 80; i++)
            {
                var hardness = 5 * Normal.Next(random);
                (first[i], second[i]) = (hardness + 0.3 + 0.5 * Normal.Next(random), hardness + 0.5 * Normal.Next(random));
            }

            var interval = PairedBootstrap.Difference(first, second, errors => errors.Average(), resamples: 400, seed: (ulong)experiment);
            covered += interval.Low <= 0.3 && 0.3 <= interval.High ? 1 : 0;
            width += (interval.High - interval.Low) / Experiments;
        }

        // 95 %, give or take three standard deviations of 1.3 %, and the little that percentile intervals are too narrow.
        Assert.InRange(covered / (double)Experiments, 0.895, 0.99);

        // 2 x 1.96 standard errors of the difference: what is hard for both does not count.
        Assert.Equal(2 * 1.96 * 0.5 * Math.Sqrt(2.0 / 80), width, 0.02);
    }

    [Fact]
    public void TheSameSeedGivesTheSameInterval()
    {
        double[] errors = [1, 5, 2, 8, 3];
        static double Median(double[] values) => Quantile.Median(values);

        Assert.Equal(PairedBootstrap.Of(errors, Median, 200, 1), PairedBootstrap.Of(errors, Median, 200, 1));
        Assert.Equal(3, PairedBootstrap.Of(errors, Median, 200, 1).Value);
        Assert.InRange(PairedBootstrap.Of(errors, Median, 200, 1).Low, 1, 3);
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        Assert.Contains("Errors of 2 and 1 trials", Assert.Throws<ArgumentException>(() => PairedBootstrap.Difference([1, 2], [1], v => v[0], 10, 0)).Message);
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Of([], v => v[0], 10, 0));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Of([1], v => v[0], 0, 0));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Of([1], v => v[0], 10, 0, confidence: 1));
    }
}
