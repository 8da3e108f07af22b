using Decoder.LinearAlgebra;

namespace Decoder.Rivals;

/// <summary>
/// The decoder of Stringer et al. (2021): ridge regression of 48 'super-neurons', whose responses to the angle are von Mises functions exp((cos d - 1) / 0.1) with evenly spaced preferences,
/// z-scored across the 48; the penalty is the number of training trials; the angle is where the predicted super-neurons peak, between them by interpolation.
/// </summary>
public sealed class SuperNeuronRidge : IAngleDecoder
{
    private const int Count = 48;
    private const double Width = 0.1;

    /// <inheritdoc/>
    public string Name => "super-neuron-ridge";

    /// <inheritdoc/>
    public string Description => "ridge regression to 48 von Mises super-neurons (Stringer et al. 2021)";

    /// <inheritdoc/>
    public DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default)
    {
        var (gram, cross) = task.Products;
        cancellation.ThrowIfCancellationRequested();
        var predicted = new DualRidge(gram, task.TrainCount, task.TrainCount).Solve(Targets(task.Phases), Count).Predict(cross);
        var degrees = new float[task.TestCount];
        for (var i = 0; i < degrees.Length; i++)
        {
            degrees[i] = DecodingTask.Wrap(CircularPeak.Find(predicted.AsSpan(i * Count, Count)) * task.Period / Count, task.Period);
        }

        return new(degrees);
    }

    /// <summary>The super-neurons' responses, phases x 48.</summary>
    internal static double[] Targets(ReadOnlySpan<double> phases)
    {
        var targets = new double[phases.Length * Count];
        for (var i = 0; i < phases.Length; i++)
        {
            var row = targets.AsSpan(i * Count, Count);
            var (sum, squares) = (0.0, 0.0);
            for (var k = 0; k < Count; k++)
            {
                row[k] = Math.Exp((Math.Cos(phases[i] - Math.Tau * k / Count) - 1) / Width);
                (sum, squares) = (sum + row[k], squares + row[k] * row[k]);
            }

            var mean = sum / Count;
            var deviation = Math.Sqrt(squares / Count - mean * mean);
            for (var k = 0; k < Count; k++)
            {
                row[k] = (row[k] - mean) / deviation;
            }
        }

        return targets;
    }
}
