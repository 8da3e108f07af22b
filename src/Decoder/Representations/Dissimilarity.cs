using Decoder.Evaluation;

namespace Decoder.Representations;

/// <summary>Representational dissimilarity (Kriegeskorte, Mur and Bandettini 2008): how unlike the responses of a population to two stimuli are.</summary>
public static class Dissimilarity
{
    /// <summary>1 - the correlation over neurons of the responses to stimuli i and j: 0 for the same pattern, 1 for unrelated ones, 2 for opposite ones.</summary>
    /// <param name="responses">Row-major, stimuli x neurons.</param>
    /// <param name="stimuli">Number of stimuli.</param>
    /// <returns>A symmetric matrix with zeros on its diagonal. A stimulus to which all neurons respond alike is unrelated to all others.</returns>
    /// <exception cref="ArgumentException">There are fewer than two neurons, over which nothing correlates.</exception>
    public static double[,] Matrix(ReadOnlySpan<float> responses, int stimuli)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stimuli);
        var neurons = responses.Length / stimuli;
        if (neurons < 2 || responses.Length != stimuli * neurons)
        {
            throw new ArgumentException($"{responses.Length} responses to {stimuli} stimuli; as many of at least two neurons are needed for each.");
        }

        var scores = new double[stimuli][];
        for (var i = 0; i < stimuli; i++)
        {
            scores[i] = UnitScores(responses.Slice(i * neurons, neurons));
        }

        var matrix = new double[stimuli, stimuli];
        for (var i = 0; i < stimuli; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i] = 1 - System.Numerics.Tensors.TensorPrimitives.Dot<double>(scores[i], scores[j]);
            }
        }

        return matrix;
    }

    /// <summary>The correlation of two matrices over the pairs of different stimuli.</summary>
    /// <returns>NaN where one of the matrices has the same value everywhere.</returns>
    /// <exception cref="ArgumentException">They are of different sizes, or have no pairs.</exception>
    public static double Correlation(double[,] left, double[,] right)
    {
        var stimuli = left.GetLength(0);
        if (right.GetLength(0) != stimuli || stimuli < 3)
        {
            throw new ArgumentException($"Dissimilarities of {stimuli} and of {right.GetLength(0)} stimuli cannot be correlated; the same three or more are needed.");
        }

        var count = stimuli * (stimuli - 1) / 2;
        var (a, b) = (new double[count], new double[count]);
        for (int i = 0, at = 0; i < stimuli; i++)
        {
            for (var j = i + 1; j < stimuli; j++, at++)
            {
                (a[at], b[at]) = (left[i, j], right[i, j]);
            }
        }

        return PearsonCorrelation.Of(a, b);
    }

    private static double Mean(ReadOnlySpan<double> values) => System.Numerics.Tensors.TensorPrimitives.Sum(values) / values.Length;

    /// <summary>z-scores over sqrt(neurons), so that a product of two is their correlation; zeros where all responses are alike.</summary>
    private static double[] UnitScores(ReadOnlySpan<float> responses)
    {
        var scores = new double[responses.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = responses[i];
        }

        var mean = Mean(scores);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] -= mean;
        }

        var length = Math.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(scores));
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = length > 0 ? scores[i] / length : 0;
        }

        return scores;
    }
}
