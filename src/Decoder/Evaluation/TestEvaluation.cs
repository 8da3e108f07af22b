using Decoder.Models;

namespace Decoder.Evaluation;

/// <summary>More about how a test set was decoded than scores say.</summary>
/// <param name="Discrimination">How small a difference of angles can be told; null where most errors are exactly 0, as of few stimuli that are told apart or not.</param>
/// <param name="Confusion">Which classes are taken for which; null without classes.</param>
/// <param name="Calibration">Whether predicted uncertainties are right; null where none are predicted.</param>
internal sealed record TestEvaluation(Discrimination? Discrimination, ConfusionMatrix? Confusion, Calibration? Calibration)
{
    /// <summary>Evaluates predictions whose stimuli are all known.</summary>
    public static TestEvaluation Compute(IReadOnlyList<Prediction> predictions, Objective objective)
    {
        double[] errors = [.. predictions.Select(prediction => CircularError.Signed(prediction.Decoded, prediction.Actual, objective.Period))];
        double[] within =
        [
            .. predictions.Where(prediction => prediction.CircularDeviation is not null).Select(prediction => Concentration.Within(
                Concentration.OfDeviation(prediction.CircularDeviation!.Value * Math.Tau / objective.Period),
                CircularError.Absolute(prediction.Decoded, prediction.Actual, objective.Period) * Math.Tau / objective.Period)),
        ];
        ClassPrediction[] classes = [.. predictions.Where(prediction => prediction.Class is not null).Select(prediction => prediction.Class!.Value)];
        return new(
            Quantile.Median(Array.ConvertAll(errors, Math.Abs)) == 0 ? null : Discrimination.Compute(errors, objective.Period),
            classes.Length == 0 ? null : ConfusionMatrix.Compute(Array.ConvertAll(classes, c => c.Decoded), Array.ConvertAll(classes, c => c.Actual), objective.OutputCount),
            classes.Length > 0 ? Calibration.OfClasses(Array.ConvertAll(classes, c => c.Probability), Array.ConvertAll(classes, c => c.Decoded == c.Actual))
                : within.Length > 0 ? Calibration.OfIntervals(within) : null);
    }
}
