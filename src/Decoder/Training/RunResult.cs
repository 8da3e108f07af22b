using Decoder.Models;

namespace Decoder.Training;

/// <summary>The outcome of a run: result.json, and what <c>train</c> and <c>evaluate</c> print with --json.</summary>
internal sealed record RunResult
{
    /// <summary>The recording that the model was judged on.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>The device's name.</summary>
    public required string Device { get; init; }

    /// <summary>Number of trained numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Epochs trained; with folds their mean, rounded.</summary>
    public required int Epochs { get; init; }

    /// <summary>Loss on the training set.</summary>
    public required TrainSummary Train { get; init; }

    /// <summary>How well the test set was decoded; with folds, each row by the model that had not seen it.</summary>
    public required DecodingScores Test { get; init; }

    /// <summary>Mean time of a training step.</summary>
    public required double SecondsPerStep { get; init; }

    /// <summary>Folds of a cross-validation; absent without.</summary>
    public int? Folds { get; init; }

    /// <summary>For a trial of a sweep the fraction of the training set that <see cref="Test"/> is of, the test set not having been looked at; absent otherwise.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>The run folder.</summary>
    public required string Run { get; init; }

    /// <summary>A recording in numbers.</summary>
    internal sealed record DataSummary(int Neurons, int Stimuli, bool Simulated);

    /// <summary>The end of training.</summary>
    /// <param name="Loss">Loss of the model on the training set, without dropout and penalties; with folds the mean.</param>
    internal sealed record TrainSummary(double Loss);
}
