namespace Decoder.Training;

/// <summary>What is known about an epoch: a line of metrics.jsonl. What may be null is not written then, so it must be optional here.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">
/// Mean loss of the epoch's steps, each before its update and with dropout, without the L1 and L2 penalties: with full batches, epoch 1 has the loss of the untrained network.
/// </param>
/// <param name="Seconds">Time spent in steps so far.</param>
/// <param name="Fold">Fold of a cross-validation, from 1; null without.</param>
/// <param name="ValidationLoss">Loss on the validation set after the epoch; null without early stopping.</param>
/// <param name="TestLoss">Loss on the test set after the epoch; null where it was not computed.</param>
internal sealed record EpochRecord(
    int Epoch, double TrainLoss, double Seconds, int? Fold = null, double? ValidationLoss = null, double? TestLoss = null);
