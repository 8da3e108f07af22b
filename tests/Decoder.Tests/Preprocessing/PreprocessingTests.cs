using Autodiff;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Sampling;

namespace Decoder.Tests.Preprocessing;

public sealed class PreprocessingTests
{
    public static TheoryData<Normalization, int> Pipelines => new()
    {
        { Normalization.None, 0 }, { Normalization.None, 3 }, { Normalization.ZScore, 0 }, { Normalization.ZScore, 3 },
        { Normalization.Spontaneous, 0 }, { Normalization.Spontaneous, 3 },
    };

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void WhatTestRowsAreHasNoInfluenceOnTheFit(Normalization normalization, int components)
    {
        var recording = Random(60, 20);
        int[] train = [.. Enumerable.Range(0, 60).Where(row => row % 4 != 0)];
        var changed = recording.Responses.ToArray();
        for (var row = 0; row < 60; row += 4)
        {
            changed.AsSpan(row * 20, 20).Fill(1e6f * row);
        }

        var options = new PreprocessingOptions(normalization, components);
        var one = PreprocessingPipeline.Fit(options, recording, train);
        var other = PreprocessingPipeline.Fit(options, With(recording, changed), train);

        Assert.Equal(Bytes(one), Bytes(other));

        // And what training rows are has.
        changed[20] += 1;
        var third = PreprocessingPipeline.Fit(options, With(recording, changed), train);
        Assert.Equal(normalization == Normalization.ZScore || components > 0, !Bytes(one).SequenceEqual(Bytes(third)));
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void ARestoredPipelineDoesTheSameToTheLastBit(Normalization normalization, int components)
    {
        var recording = Random(60, 20);
        var options = new PreprocessingOptions(normalization, components);
        var pipeline = PreprocessingPipeline.Fit(options, recording, [.. Enumerable.Range(0, 40)]);
        var file = new SafeTensors();
        pipeline.Store(file);
        var restored = PreprocessingPipeline.Restore(file, options, 20);

        var (one, other) = (recording.Responses.ToArray(), recording.Responses.ToArray());
        pipeline.Apply(one);
        restored.Apply(other);

        Assert.Equal(one, other);
        Assert.Equal(pipeline.Steps.Count > 0, !one.SequenceEqual(recording.Responses));
        if (pipeline.Steps.Count > 0)
        {
            Assert.Throws<InvalidDataException>(() => PreprocessingPipeline.Restore(file, options, 21));
            Assert.Throws<InvalidDataException>(() => PreprocessingPipeline.Restore(new SafeTensors(), options, 20));
        }
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void EachRowIsTransformedByItself(Normalization normalization, int components)
    {
        var recording = Random(30, 20);
        var pipeline = PreprocessingPipeline.Fit(new(normalization, components), recording, [.. Enumerable.Range(0, 30)]);
        var all = recording.Responses.ToArray();
        pipeline.Apply(all);

        for (var row = 0; row < 30; row++)
        {
            var alone = recording.Row(row).ToArray();
            pipeline.Apply(alone);
            Assert.Equal(all.AsSpan(row * 20, 20).ToArray(), alone);
        }
    }

    [Fact]
    public void SpontaneousActivityGetsMeanZeroAndDeviationOne()
    {
        var recording = Random(30, 20);
        var pipeline = PreprocessingPipeline.Fit(new(Normalization.Spontaneous), recording, [0, 1]);
        var spontaneous = recording.Spontaneous!.ToArray();
        pipeline.Apply(spontaneous);

        for (var neuron = 0; neuron < 20; neuron++)
        {
            var values = spontaneous.Where((_, i) => i % 20 == neuron).ToArray();
            Assert.Equal(0, values.Average(), 1e-5);
            Assert.Equal(1, values.Average(value => (double)value * value), 1e-5);
        }
    }

    [Theory]
    [InlineData(200, 12, 3)]
    [InlineData(40, 300, 5)]
    [InlineData(600, 90, 20)]
    public void RemovedComponentsAreThoseOfTheCovarianceMatrix(int rows, int neurons, int count)
    {
        var responses = Random(rows, neurons).Responses;
        var removal = ComponentRemoval.Fit(responses, neurons, count);
        var (covariance, mean) = Covariance(responses, neurons);
        var (values, vectors) = SymmetricEigenvalues.Compute(covariance);

        Assert.Equal(count, removal.Components.Count);
        var residual = responses.ToArray();
        removal.Apply(residual);
        var (after, meanAfter) = Covariance(residual, neurons);
        for (var i = 0; i < neurons; i++)
        {
            Assert.Equal(mean[i], meanAfter[i], 1e-4);
        }

        // The trace loses the leading eigenvalues, and along each leading eigenvector nothing is left.
        Assert.Equal(values.Skip(count).Sum(), Enumerable.Range(0, neurons).Sum(i => after[i, i]), 1e-4 * values.Sum());
        for (var component = 0; component < count; component++)
        {
            Assert.InRange(Along(after, vectors, component), 0, 1e-4 * values[count]);
        }
    }

    [Fact]
    public void ComponentsWithoutVarianceAreNotRemoved()
    {
        // All rows are multiples of two patterns.
        var random = new RandomStream(1);
        var responses = new float[30 * 8];
        for (var row = 0; row < 30; row++)
        {
            var (a, b) = (Normal.Next(random), Normal.Next(random));
            for (var i = 0; i < 8; i++)
            {
                responses[row * 8 + i] = (float)(a * Math.Sin(i) + b * Math.Cos(i));
            }
        }

        var removal = ComponentRemoval.Fit(responses, 8, 5);

        Assert.Equal(2, removal.Components.Count);
        Assert.Empty(ComponentRemoval.Fit(new float[40], 8, 3).Components);
        var other = Enumerable.Range(0, 8).Select(i => i == 3 ? 1f : 0).ToArray();
        removal.Apply(other);
        Assert.NotEqual(0, other[3], 0.01);
    }

    [Fact]
    public void RefusesWhatTheRecordingDoesNotAllow()
    {
        var recording = Random(30, 20);
        var bare = new Recording(recording.Responses, recording.Stimuli, "bare");

        Assert.Contains("--spontaneous", Assert.Throws<RecordingException>(() => PreprocessingPipeline.Fit(new(Normalization.Spontaneous), bare, [0, 1])).Message);
        Assert.Contains("have 1 components", Assert.Throws<RecordingException>(() => PreprocessingPipeline.Fit(new(Normalization.None, 2), bare, [0, 1])).Message);
        Assert.Contains("have 19 components", Assert.Throws<RecordingException>(
            () => PreprocessingPipeline.Fit(new(Normalization.None, 20), bare, [.. Enumerable.Range(0, 30)])).Message);
    }

    private static byte[] Bytes(PreprocessingPipeline pipeline)
    {
        var file = new SafeTensors();
        pipeline.Store(file);
        return [.. file.Names.Order(StringComparer.Ordinal).SelectMany(name => file.Get<float>(name).ToArray()).SelectMany(BitConverter.GetBytes)];
    }

    private static Recording With(Recording recording, float[] responses) =>
        new(responses, recording.Stimuli, "changed") { Spontaneous = recording.Spontaneous };

    /// <summary>Noise with a spectrum that falls off, around means that differ, and spontaneous noise.</summary>
    private static Recording Random(int rows, int neurons)
    {
        var random = new RandomStream(11);
        var responses = new float[rows * neurons];
        var shared = new float[rows * 30];
        var weights = new float[30 * neurons];
        var spontaneous = new float[7 * neurons];
        Normal.Fill(random, responses);
        Normal.Fill(random, shared);
        Normal.Fill(random, weights);
        Normal.Fill(random, spontaneous);
        for (var i = 0; i < responses.Length; i++)
        {
            var (row, neuron) = (i / neurons, i % neurons);
            for (var k = 0; k < 30; k++)
            {
                responses[i] += 3 * shared[row * 30 + k] * weights[k * neurons + neuron] / (1 + k);
            }

            responses[i] += 10 * MathF.Sin(neuron);
        }

        return new Recording(responses, [.. Enumerable.Range(0, rows).Select(row => 360f * row / rows)], "test") { Spontaneous = spontaneous };
    }

    private static double Along(double[,] covariance, double[,] vectors, int component)
    {
        var n = covariance.GetLength(0);
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                sum += vectors[i, component] * covariance[i, j] * vectors[j, component];
            }
        }

        return sum;
    }

    private static (double[,] Covariance, double[] Mean) Covariance(float[] responses, int neurons)
    {
        var rows = responses.Length / neurons;
        var mean = new double[neurons];
        for (var i = 0; i < responses.Length; i++)
        {
            mean[i % neurons] += (double)responses[i] / rows;
        }

        var covariance = new double[neurons, neurons];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < neurons; i++)
            {
                for (var j = 0; j < neurons; j++)
                {
                    covariance[i, j] += (responses[row * neurons + i] - mean[i]) * (responses[row * neurons + j] - mean[j]) / rows;
                }
            }
        }

        return (covariance, mean);
    }
}
