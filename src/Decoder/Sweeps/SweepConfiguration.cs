using Decoder.Folders;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>All that decides the outcome of a search: sweep.json.</summary>
internal sealed record SweepConfiguration : FolderConfiguration
{
    /// <summary>The searched options, without their dashes.</summary>
    public required IReadOnlyList<string> Searched { get; init; }

    /// <summary>What is tried.</summary>
    public required IReadOnlyList<SweepTrial> Trials { get; init; }

    /// <summary>By what the best is chosen.</summary>
    public required SelectionCriterion SelectBy { get; init; }

    /// <summary>Successive halving: one of so many trials goes on to so many times the epochs; null to train all trials to their end.</summary>
    public int? Halving { get; init; }

    /// <summary>The run of a trial, or, with all of the training set, of the best.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="isWinner">Whether to train on the whole training set and judge on the test set.</param>
    public RunConfiguration Run(SweepTrial trial, bool isWinner) => new()
    {
        Version = Version,
        Data = Data,
        Identity = Identity,
        Model = trial.Model,
        Training = isWinner ? trial.Training with { ValidationFraction = null } : trial.Training,
        Device = Device,
    };
}
