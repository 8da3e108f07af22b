namespace Decoder.Rivals;

/// <summary>
/// The circular mean of the stimuli of the k training trials with the most similar z-scored responses (Euclidean distance); k is the one with the least mean error when each training trial is
/// decoded from the others.
/// </summary>
public sealed class NearestNeighbors : IAngleDecoder
{
    private static readonly int[] Candidates = [1, 2, 3, 5, 8, 12, 20, 32, 50, 80];

    /// <inheritdoc/>
    public string Name => "nearest-neighbors";

    /// <inheritdoc/>
    public string Description => "circular mean of the k most similar training trials";

    /// <inheritdoc/>
    public DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default)
    {
        var (gram, cross) = task.Products;
        var squares = new float[task.TrainCount];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = gram[i * squares.Length + i];
        }

        var count = Math.Min(Candidates[^1], task.TrainCount - 1);
        var (sums, candidates) = (new double[Candidates.Length], Array.FindAll(Candidates, k => k <= count));
        for (var i = 0; i < task.TrainCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var nearest = Nearest(gram.AsSpan(i * task.TrainCount, task.TrainCount), squares, count, except: i);
            for (var j = 0; j < candidates.Length; j++)
            {
                var decoded = CircularMean(task.Phases, nearest.AsSpan(0, candidates[j]));
                sums[j] += Math.Abs(Math.IEEERemainder(decoded - task.Phases[i], Math.Tau));
            }
        }

        var best = 0;
        for (var j = 1; j < candidates.Length; j++)
        {
            best = sums[j] < sums[best] ? j : best;
        }

        var degrees = new float[task.TestCount];
        for (var i = 0; i < degrees.Length; i++)
        {
            var nearest = Nearest(cross.AsSpan(i * task.TrainCount, task.TrainCount), squares, candidates[best], except: -1);
            degrees[i] = DecodingTask.Wrap(CircularMean(task.Phases, nearest) / Math.Tau * task.Period, task.Period);
        }

        return new(degrees);
    }

    /// <summary>The training trials nearest first: |x - y|² = |x|² + |y|² - 2 x·y, of which |x|² is the same for all.</summary>
    private static int[] Nearest(ReadOnlySpan<float> products, float[] squares, int count, int except)
    {
        var (distances, order) = (new float[products.Length], new int[products.Length]);
        for (var i = 0; i < distances.Length; i++)
        {
            (distances[i], order[i]) = (i == except ? float.PositiveInfinity : squares[i] - 2 * products[i], i);
        }

        Array.Sort(distances, order);
        return order[..count];
    }

    private static double CircularMean(double[] phases, ReadOnlySpan<int> trials)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var trial in trials)
        {
            var (sine, cosine) = Math.SinCos(phases[trial]);
            (x, y) = (x + cosine, y + sine);
        }

        return Math.Atan2(y, x);
    }
}
