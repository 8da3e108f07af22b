using Decoder.LinearAlgebra;

namespace Decoder.Rivals;

/// <summary>Ridge regression of the cosine and the sine of the angle; the penalty with the least generalized cross-validation on the training trials is taken.</summary>
public sealed class CosineRidge : IAngleDecoder
{
    /// <summary>Penalties to choose from, relative to the mean square of a training trial's responses.</summary>
    private static readonly double[] RelativePenalties = [0.001, 0.01, 0.1, 0.3, 1, 3];

    /// <inheritdoc/>
    public string Name => "cosine-ridge";

    /// <inheritdoc/>
    public string Description => "ridge regression of cosine and sine, penalty by generalized cross-validation";

    /// <inheritdoc/>
    public DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default)
    {
        var (gram, cross) = task.Products;
        var targets = new double[2 * task.TrainCount];
        var scale = 0.0;
        for (var i = 0; i < task.TrainCount; i++)
        {
            (targets[2 * i + 1], targets[2 * i]) = Math.SinCos(task.Phases[i]);
            scale += gram[i * task.TrainCount + i] / task.TrainCount;
        }

        DualRidge.Fit? best = null;
        var memory = GC.AllocateUninitializedArray<double>(gram.Length);
        foreach (var relative in RelativePenalties)
        {
            cancellation.ThrowIfCancellationRequested();

            // Responses that never change are all zero; any penalty then gives the mean.
            var fit = new DualRidge(gram, task.TrainCount, relative * Math.Max(scale, 1e-6), memory).Solve(targets, 2);
            best = best is null || fit.GeneralizedCrossValidation < best.GeneralizedCrossValidation ? fit : best;
        }

        var predicted = best!.Predict(cross);
        var degrees = new float[task.TestCount];
        for (var i = 0; i < degrees.Length; i++)
        {
            degrees[i] = DecodingTask.Wrap(Math.Atan2(predicted[2 * i + 1], predicted[2 * i]) / Math.Tau * task.Period, task.Period);
        }

        return new(degrees);
    }
}
