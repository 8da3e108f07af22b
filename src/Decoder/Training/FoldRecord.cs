using Decoder.Models;

namespace Decoder.Training;

/// <summary>The outcome of one fold of a cross-validation: a line of folds.jsonl.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="TrainLoss">Loss of the fold's model on its training set.</param>
/// <param name="Test">Scores on the fold's test set.</param>
/// <param name="SecondsPerStep">Mean time of a training step.</param>
/// <param name="Parameters">Number of trained numbers.</param>
internal sealed record FoldRecord(int Fold, int Epochs, double TrainLoss, DecodingScores Test, double SecondsPerStep, long Parameters);
