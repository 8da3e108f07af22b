using Decoder.Evaluation;

namespace Decoder.Models;

/// <summary>How well the angles of a test set were decoded.</summary>
/// <param name="Mse">Mean squared error, degrees squared: on the line for a decoder of degrees, as in the tutorial; else on the circle.</param>
/// <param name="MedianAbsoluteErrorDegrees">Median absolute error on the circle.</param>
/// <param name="MeanAbsoluteErrorDegrees">Mean absolute error on the circle.</param>
/// <param name="R2">1 - sum of squared errors (as in <paramref name="Mse"/>) / sum of squared deviations of the actual angles from their mean.</param>
/// <param name="Accuracy">Fraction of classes decoded right; null without classes.</param>
/// <param name="Nll">Mean negative log-likelihood of the actual class, nats; null without classes.</param>
/// <param name="CircularDeviationDegrees">Median of the circular standard deviations that the model predicts for its angles; null for one that predicts none.</param>
public sealed record DecodingScores(
    double Mse, double MedianAbsoluteErrorDegrees, double MeanAbsoluteErrorDegrees, double R2, double? Accuracy = null, double? Nll = null,
    double? CircularDeviationDegrees = null)
{
    /// <summary>Compares predictions with what was shown.</summary>
    /// <exception cref="ArgumentException">There are no predictions.</exception>
    public static DecodingScores Compute(IReadOnlyList<Prediction> predictions, Objective objective)
    {
        var (decoded, actual) = (new float[predictions.Count], new float[predictions.Count]);
        for (var i = 0; i < actual.Length; i++)
        {
            actual[i] = predictions[i].Actual;

            // The turn of the decoded angle that is nearest to the actual one has the error on the circle.
            decoded[i] = objective.IsCircular
                ? actual[i] + (float)CircularError.Signed(predictions[i].Decoded, actual[i], objective.Period)
                : predictions[i].Decoded;
        }

        var metrics = RegressionMetrics.Compute(decoded, actual, objective.Period);
        var scores = new DecodingScores(metrics.MeanSquaredError, metrics.MedianAbsoluteError, metrics.MeanAbsoluteError, metrics.R2);
        var deviations = predictions.Where(prediction => prediction.CircularDeviation is not null).Select(prediction => prediction.CircularDeviation!.Value).ToArray();
        scores = deviations.Length == 0 ? scores : scores with { CircularDeviationDegrees = Quantile.Median(deviations) };
        var classes = predictions.Where(prediction => prediction.Class is not null).Select(prediction => prediction.Class!.Value).ToArray();
        return classes.Length == 0 ? scores : scores with
        {
            Accuracy = Evaluation.Accuracy.Compute(Array.ConvertAll(classes, c => c.Decoded), Array.ConvertAll(classes, c => c.Actual)),
            Nll = classes.Average(c => c.NegativeLogLikelihood),
        };
    }
}
