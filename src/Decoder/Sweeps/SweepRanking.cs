using Decoder.Models;

namespace Decoder.Sweeps;

/// <summary>Which trial is better than which.</summary>
internal static class SweepRanking
{
    /// <summary>What a criterion compares; lower is better.</summary>
    public static double Value(this SelectionCriterion criterion, DecodingScores scores) => criterion switch
    {
        SelectionCriterion.Median => scores.MedianAbsoluteErrorDegrees,
        SelectionCriterion.Mean => scores.MeanAbsoluteErrorDegrees,
        _ => scores.Nll ?? double.PositiveInfinity,
    };

    /// <summary>The last record of each trial, the best first: those that came further before those that were left behind, failed ones last.</summary>
    public static IEnumerable<TrialRecord> Rank(this SelectionCriterion criterion, IEnumerable<TrialRecord> records) => records
        .GroupBy(record => record.Trial)
        .Select(trial => trial.MaxBy(record => record.Budget)!)
        .OrderBy(record => record.Validation is null)
        .ThenByDescending(record => record.Budget)
        .ThenBy(record => record.Validation is { } scores ? criterion.Value(scores) : 0)
        .ThenBy(record => record.Validation?.MeanAbsoluteErrorDegrees)
        .ThenBy(record => record.Trial);
}
