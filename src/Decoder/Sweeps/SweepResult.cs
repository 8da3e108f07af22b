using Decoder.Models;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>The outcome of a search: result.json, and what <c>sweep</c> prints with --json.</summary>
internal sealed record SweepResult
{
    /// <summary>The recording.</summary>
    public required RunResult.DataSummary Data { get; init; }

    /// <summary>The device's name.</summary>
    public required string Device { get; init; }

    /// <summary>By what the best was chosen.</summary>
    public required SelectionCriterion SelectBy { get; init; }

    /// <summary>The trials, the best first.</summary>
    public required IReadOnlyList<TrialSummary> Trials { get; init; }

    /// <summary>The best trial, trained again on the whole training set.</summary>
    public required WinnerSummary Winner { get; init; }

    /// <summary>The folder.</summary>
    public required string Sweep { get; init; }

    /// <summary>A trial.</summary>
    /// <param name="Trial">Its number.</param>
    /// <param name="Values">The value of each searched option.</param>
    /// <param name="Budget">The epoch that it was allowed to train to.</param>
    /// <param name="Epochs">Epochs trained.</param>
    /// <param name="Run">Its run folder.</param>
    /// <param name="Validation">Scores on the validation rows; absent where training failed.</param>
    /// <param name="Failure">Why training failed; absent where it did not.</param>
    internal sealed record TrialSummary(
        int Trial, IReadOnlyDictionary<string, string> Values, int Budget, int Epochs, string Run, DecodingScores? Validation = null, string? Failure = null);

    /// <summary>The best.</summary>
    /// <param name="Trial">Its number.</param>
    /// <param name="Values">The value of each searched option.</param>
    /// <param name="Epochs">Epochs trained on the whole training set.</param>
    /// <param name="Run">The run folder of that.</param>
    /// <param name="Test">Scores on the test set.</param>
    internal sealed record WinnerSummary(int Trial, IReadOnlyDictionary<string, string> Values, int Epochs, string Run, DecodingScores Test);
}
