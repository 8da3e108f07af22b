using Decoder.Evaluation;
using Decoder.Simulation;

namespace Decoder.Comparisons;

/// <summary>The outcome of a comparison: result.json, and what <c>compare</c> prints with --json.</summary>
internal sealed record ComparisonResult
{
    /// <summary>The recording.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>The period of decoded angles, degrees.</summary>
    public required int Period { get; init; }

    /// <summary>How trials were divided, for people.</summary>
    public required string Split { get; init; }

    /// <summary>Number of test trials.</summary>
    public required int TestTrials { get; init; }

    /// <summary>How often trials were drawn for each interval.</summary>
    public required int Resamples { get; init; }

    /// <summary>Decoders, ours first.</summary>
    public required IReadOnlyList<Entry> Decoders { get; init; }

    /// <summary>Decoders that cannot be used on these data.</summary>
    public required IReadOnlyList<Refusal> Refused { get; init; }

    /// <summary>Our decoder, taught with shuffled stimuli.</summary>
    public required Control Shuffled { get; init; }

    /// <summary>What is possible at best; null where the recording is not from the simulator's single trials.</summary>
    public Bound? Ideal { get; init; }

    /// <summary>The folder.</summary>
    public required string Run { get; init; }

    /// <summary>A recording in numbers.</summary>
    internal sealed record DataSummary(string Source, int Neurons, int Trials, bool Simulated);

    /// <summary>How well a decoder does.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Description">What it is.</param>
    /// <param name="MedianAbsoluteErrorDegrees">Median of the absolute error on the circle, with its interval.</param>
    /// <param name="MeanAbsoluteErrorDegrees">Mean of it, with its interval.</param>
    /// <param name="R2">1 - sum of squared errors on the circle / sum of squared deviations of the angles from their mean.</param>
    /// <param name="Seconds">Time to learn and decode.</param>
    /// <param name="Accuracy">Fraction of trials on which the shown stimulus is the one nearest to the decoded angle; null where stimuli are not a few.</param>
    /// <param name="CircularDeviationDegrees">Median of the predicted circular standard deviations; null for a decoder that predicts none.</param>
    /// <param name="MedianDifference">Our decoder's median error less this one's, with its interval; null for ours.</param>
    /// <param name="MeanDifference">Our decoder's mean error less this one's, with its interval; null for ours.</param>
    internal sealed record Entry(
        string Name, string Description, Interval MedianAbsoluteErrorDegrees, Interval MeanAbsoluteErrorDegrees, double R2, double Seconds,
        double? Accuracy = null, double? CircularDeviationDegrees = null, Interval? MedianDifference = null, Interval? MeanDifference = null);

    /// <summary>A decoder that cannot be used on these data.</summary>
    internal sealed record Refusal(string Name, string Reason);

    /// <summary>What is left when stimuli are shuffled.</summary>
    /// <param name="MeanAbsoluteErrorDegrees">Mean absolute error, with its interval.</param>
    /// <param name="ChanceDegrees">That of guessing: a quarter of the period.</param>
    internal sealed record Control(Interval MeanAbsoluteErrorDegrees, double ChanceDegrees);

    /// <summary>What is possible at best.</summary>
    /// <param name="Observer">The ideal observer.</param>
    /// <param name="Efficiency">(ideal median error / our median error)²: the fraction of the information that our decoder uses.</param>
    internal sealed record Bound(IdealObserver Observer, double Efficiency);
}
