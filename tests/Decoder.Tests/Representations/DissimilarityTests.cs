using Decoder.Evaluation;
using Decoder.Representations;
using Decoder.Sampling;

namespace Decoder.Tests.Representations;

public sealed class DissimilarityTests
{
    [Fact]
    public void ItIsOneMinusTheProductOfZScores()
    {
        const int Stimuli = 7, Neurons = 12;
        var responses = new float[Stimuli * Neurons];
        Normal.Fill(new RandomStream(1), responses);
        responses[3] += 1000;
        var matrix = Dissimilarity.Matrix(responses, Stimuli);
        for (var i = 0; i < Stimuli; i++)
        {
            for (var j = 0; j < Stimuli; j++)
            {
                var (a, b) = (ZScores(responses, i), ZScores(responses, j));
                Assert.Equal(1 - a.Zip(b, (x, y) => x * y).Sum() / Neurons, matrix[i, j], 1e-12);
            }
        }

        static double[] ZScores(float[] responses, int row)
        {
            var values = responses.Skip(row * Neurons).Take(Neurons).Select(value => (double)value).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            return [.. values.Select(value => (value - mean) / deviation)];
        }
    }

    [Fact]
    public void SameOppositeAndFlatPatternsHaveTheirValues()
    {
        var matrix = Dissimilarity.Matrix([1, 2, 3, 10, 20, 30, -1, -2, -3, 5, 5, 5], 4);

        Assert.Equal(0, matrix[0, 1], 1e-12);
        Assert.Equal(2, matrix[0, 2], 1e-12);
        Assert.Equal(1, matrix[0, 3], 1e-12);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(0, matrix[i, i]));
    }

    [Fact]
    public void CorrelationIsOverPairsOfDifferentStimuli()
    {
        double[,] a = { { 9, 1, 2 }, { 1, 9, 4 }, { 2, 4, 9 } }, b = { { 0, 2, 4 }, { 2, 0, 8 }, { 4, 8, 0 } };
        Assert.Equal(1, Dissimilarity.Correlation(a, b), 1e-12);
        Assert.Equal(-1, PearsonCorrelation.Of([1, 2, 4], [-1, -2, -4]), 1e-12);
        Assert.Equal(0.5, PearsonCorrelation.Of([1, 2, 3], [1, 3, 2]), 1e-12);
        Assert.True(double.IsNaN(PearsonCorrelation.Of([1, 2, 3], [5, 5, 5])));
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        Assert.Contains("at least two neurons", Assert.Throws<ArgumentException>(() => Dissimilarity.Matrix([1, 2, 3], 3)).Message);
        Assert.Throws<ArgumentException>(() => Dissimilarity.Matrix([1, 2, 3, 4, 5], 2));
        Assert.Throws<ArgumentException>(() => Dissimilarity.Correlation(new double[2, 2], new double[2, 2]));
        Assert.Throws<ArgumentException>(() => Dissimilarity.Correlation(new double[3, 3], new double[4, 4]));
        Assert.Throws<ArgumentException>(() => PearsonCorrelation.Of([1, 2], [1]));
    }
}
