namespace Decoder.Curves;

/// <summary>The outcome of one refit, of halves of two: a line of points.jsonl.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Count">Number of neurons or, for <see cref="CurveKind.Trials"/>, of training trials; of halves the neurons of one.</param>
/// <param name="Repeat">Number of the random subset, from 1.</param>
/// <param name="MedianAbsoluteErrorDegrees">Median absolute error on the test trials; of halves that of the first.</param>
/// <param name="MeanAbsoluteErrorDegrees">The mean likewise.</param>
/// <param name="Correlation">Of halves: Spearman's correlation of the signed errors of the two on the same trials.</param>
/// <param name="AveragedErrorDegrees">Of halves: the median error of the mean direction of the two decoded angles.</param>
internal sealed record CurvePoint(
    CurveKind Kind, int Count, int Repeat, double MedianAbsoluteErrorDegrees, double MeanAbsoluteErrorDegrees, double? Correlation = null, double? AveragedErrorDegrees = null);
