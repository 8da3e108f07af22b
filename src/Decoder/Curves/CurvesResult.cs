using Decoder.Evaluation;
using Decoder.Training;

namespace Decoder.Curves;

/// <summary>The outcome of curves: result.json, and what <c>curves</c> prints with --json.</summary>
internal sealed record CurvesResult
{
    /// <summary>The recording.</summary>
    public required RunResult.DataSummary Data { get; init; }

    /// <summary>Which decoder was refitted.</summary>
    public required string Decoder { get; init; }

    /// <summary>Period of the errors.</summary>
    public required int Period { get; init; }

    /// <summary>Number of test trials, the same for all refits.</summary>
    public required int TestTrials { get; init; }

    /// <summary>Error against number of neurons.</summary>
    public required Curve Neurons { get; init; }

    /// <summary>Error against number of training trials.</summary>
    public required Curve Trials { get; init; }

    /// <summary>Mean over random halvings of the neurons of the rank correlation of the halves' errors.</summary>
    public required double HalvesCorrelation { get; init; }

    /// <summary>Median error of a half of the neurons, and of the mean of the angles that two halves decode; means over halvings.</summary>
    public required HalvesErrors Halves { get; init; }

    /// <summary>Mean absolute error after shuffling the training stimuli, over all shufflings. The median would be a coarse measure where few stimuli were shown.</summary>
    public required double ShuffledMeanDegrees { get; init; }

    /// <summary>The mean error of a guesser, a quarter of the period.</summary>
    public required double ChanceMeanDegrees { get; init; }

    /// <summary>The folder.</summary>
    public required string Run { get; init; }

    /// <summary>Errors of halves.</summary>
    internal sealed record HalvesErrors(double OneDegrees, double AveragedDegrees);

    /// <summary>A curve with its fit.</summary>
    /// <param name="Points">For each number the mean of the medians and their standard deviation over random subsets.</param>
    /// <param name="Fit">alpha + beta / √N; null where there are not three numbers to fit to.</param>
    /// <param name="FittedFrom">The least number that the fit is to; null without one.</param>
    internal sealed record Curve(IReadOnlyList<Mean> Points, RootLaw? Fit = null, int? FittedFrom = null);

    /// <summary>A point of a curve.</summary>
    internal sealed record Mean(int Count, double MedianAbsoluteErrorDegrees, double StandardDeviation, int Repeats);
}
