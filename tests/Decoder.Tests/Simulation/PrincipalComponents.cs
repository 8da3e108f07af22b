using Decoder.Recordings;
using Decoder.Sampling;

namespace Decoder.Tests.Simulation;

/// <summary>Standard deviations of the leading principal components over trials, by subspace iteration.</summary>
internal static class PrincipalComponents
{
    public static double[] Deviations(Recording recording, int components)
    {
        // More vectors than asked for, so that the last ones that count converge as well.
        var (trials, neurons, width) = (recording.StimulusCount, recording.NeuronCount, 2 * components);
        var random = new RandomStream(5);
        var basis = new double[width][];
        for (var i = 0; i < width; i++)
        {
            basis[i] = new double[neurons];
            for (var neuron = 0; neuron < neurons; neuron++)
            {
                basis[i][neuron] = Normal.Next(random);
            }
        }

        var variances = new double[width];
        for (var iteration = 0; iteration < 12; iteration++)
        {
            Orthonormalise(basis);
            Parallel.For(0, width, i =>
            {
                var next = new double[neurons];
                for (var trial = 0; trial < trials; trial++)
                {
                    var row = recording.Row(trial);
                    var score = 0.0;
                    for (var neuron = 0; neuron < row.Length; neuron++)
                    {
                        score += row[neuron] * basis[i][neuron];
                    }

                    for (var neuron = 0; neuron < row.Length; neuron++)
                    {
                        next[neuron] += score / trials * row[neuron];
                    }
                }

                // For an eigenvector of unit length the length of its image is the eigenvalue, the variance of the component.
                variances[i] = Math.Sqrt(next.Sum(x => x * x));
                basis[i] = next;
            });
        }

        return [.. variances.OrderDescending().Take(components).Select(Math.Sqrt)];
    }

    private static void Orthonormalise(double[][] vectors)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                var projection = vectors[i].Zip(vectors[k], (a, b) => a * b).Sum();
                for (var j = 0; j < vectors[i].Length; j++)
                {
                    vectors[i][j] -= projection * vectors[k][j];
                }
            }

            var length = Math.Sqrt(vectors[i].Sum(x => x * x));
            vectors[i] = Array.ConvertAll(vectors[i], x => x / length);
        }
    }
}
