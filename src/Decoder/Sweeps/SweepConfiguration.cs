using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>All that decides the outcome of a search: sweep.json.</summary>
internal sealed record SweepConfiguration
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Where the recording is from.</summary>
    public required RecordingSource Data { get; init; }

    /// <summary>By what it is recognized.</summary>
    public required RecordingIdentity Identity { get; init; }

    /// <summary>The searched options, without their dashes.</summary>
    public required IReadOnlyList<string> Searched { get; init; }

    /// <summary>What is tried.</summary>
    public required IReadOnlyList<SweepTrial> Trials { get; init; }

    /// <summary>By what the best is chosen.</summary>
    public required SelectionCriterion SelectBy { get; init; }

    /// <summary>Successive halving: one of so many trials goes on to so many times the epochs; null to train all trials to their end.</summary>
    public int? Halving { get; init; }

    /// <summary>The device as --device names it; null for the best one.</summary>
    public string? Device { get; init; }

    /// <summary>The run of a trial, or, with all of the training set, of the best.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="isWinner">Whether to train on the whole training set and judge on the test set.</param>
    public RunConfiguration Run(SweepTrial trial, bool isWinner) => new()
    {
        Format = RunConfiguration.CurrentFormat,
        Version = Version,
        Data = Data,
        Identity = Identity,
        Model = trial.Model,
        Training = isWinner ? trial.Training with { ValidationFraction = null } : trial.Training,
        Device = Device,
    };

    /// <summary>Reads or simulates the recording again.</summary>
    /// <inheritdoc cref="RunConfiguration.LoadRecordingAsync" path="/exception"/>
    public Task<Recording> LoadRecordingAsync(CancellationToken cancellation) => Run(Trials[0], isWinner: false).LoadRecordingAsync(cancellation);
}
