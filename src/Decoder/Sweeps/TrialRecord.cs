using Decoder.Models;

namespace Decoder.Sweeps;

/// <summary>How far a trial has come: a line of trials.jsonl.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Budget">The epoch that it was allowed to train to.</param>
/// <param name="Epochs">Epochs trained; fewer where early stopping said so.</param>
/// <param name="Validation">Scores on the validation rows; null where training failed.</param>
/// <param name="Failure">Why training failed.</param>
internal sealed record TrialRecord(int Trial, int Budget, int Epochs, DecodingScores? Validation = null, string? Failure = null);
