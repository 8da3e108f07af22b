using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Sampling;

namespace Decoder.Tests.Simulation;

/// <summary>
/// A small reference decoder in double: ordinary least squares from single trials to (cos 2 theta, sin 2 theta), cross-validated.
/// </summary>
internal static class LeastSquares
{
    /// <summary>Median absolute error of orientation, degrees, from <paramref name="count"/> random neurons, averaged over draws of them.</summary>
    public static double MedianOrientationError(Recording recording, int count, int draws)
    {
        var random = new RandomStream(11, (ulong)count);
        return Enumerable.Range(0, draws).Average(_ =>
        {
            var neurons = Enumerable.Range(0, recording.NeuronCount).ToArray();
            random.Shuffle(neurons.AsSpan());
            return MedianOrientationError(recording, neurons[..count]);
        });
    }

    private static double MedianOrientationError(Recording recording, int[] neurons)
    {
        var trials = recording.StimulusCount;
        var features = neurons.Length + 1;
        var x = new double[trials][];
        var y = new double[trials][];
        for (var trial = 0; trial < trials; trial++)
        {
            var row = recording.Row(trial);
            x[trial] = new double[features];
            x[trial][^1] = 1;
            for (var i = 0; i < neurons.Length; i++)
            {
                x[trial][i] = row[neurons[i]];
            }

            var angle = 2 * recording.Stimuli[trial] * Math.PI / 180;
            y[trial] = [Math.Cos(angle), Math.Sin(angle)];
        }

        var errors = new List<double>();
        foreach (var fold in DataSplit.Folds(recording.Stimuli, 5, seed: 1))
        {
            var (cos, sin) = Fit(fold.Train, x, y, features);
            foreach (var trial in fold.Test)
            {
                var decoded = Math.Atan2(Dot(x[trial], sin), Dot(x[trial], cos)) * 90 / Math.PI;
                errors.Add(CircularError.Absolute(decoded, recording.Stimuli[trial], 180));
            }
        }

        return Quantile.Median([.. errors]);
    }

    /// <summary>Normal equations, solved by Cholesky's factorisation.</summary>
    private static (double[] Cos, double[] Sin) Fit(int[] rows, double[][] x, double[][] y, int features)
    {
        var gram = new double[features][];
        for (var i = 0; i < features; i++)
        {
            gram[i] = new double[features];
        }

        var (cos, sin) = (new double[features], new double[features]);
        foreach (var row in rows)
        {
            var values = x[row];
            for (var i = 0; i < features; i++)
            {
                var value = values[i];
                var target = gram[i];
                for (var j = 0; j <= i; j++)
                {
                    target[j] += value * values[j];
                }

                cos[i] += value * y[row][0];
                sin[i] += value * y[row][1];
            }
        }

        for (var i = 0; i < features; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = gram[i][j];
                for (var k = 0; k < j; k++)
                {
                    sum -= gram[i][k] * gram[j][k];
                }

                gram[i][j] = i == j ? Math.Sqrt(sum) : sum / gram[j][j];
            }
        }

        Solve(gram, cos);
        Solve(gram, sin);
        return (cos, sin);
    }

    private static void Solve(double[][] factor, double[] right)
    {
        for (var i = 0; i < right.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                right[i] -= factor[i][k] * right[k];
            }

            right[i] /= factor[i][i];
        }

        for (var i = right.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < right.Length; k++)
            {
                right[i] -= factor[k][i] * right[k];
            }

            right[i] /= factor[i][i];
        }
    }

    private static double Dot(double[] x, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * weights[i];
        }

        return sum;
    }
}
