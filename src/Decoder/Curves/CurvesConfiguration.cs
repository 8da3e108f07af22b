using Decoder.Training;

namespace Decoder.Curves;

/// <summary>All that decides the outcome of curves: curves.json.</summary>
internal sealed record CurvesConfiguration
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

    /// <summary>Which decoder is refitted.</summary>
    public required string Decoder { get; init; }

    /// <summary>Epochs of a network.</summary>
    public int? Epochs { get; init; }

    /// <summary>360 to decode direction, 180 to decode orientation.</summary>
    public required int Period { get; init; }

    /// <summary>Numbers of neurons, ascending.</summary>
    public required IReadOnlyList<int> NeuronCounts { get; init; }

    /// <summary>Numbers of training trials, ascending.</summary>
    public required IReadOnlyList<int> TrialCounts { get; init; }

    /// <summary>Random subsets of each size.</summary>
    public required int Repeats { get; init; }

    /// <summary>Decides the subsets, the shuffling, and a network's initial weights.</summary>
    public ulong Seed { get; init; }

    /// <summary>The device of a network as --device names it; null for the best one.</summary>
    public string? Device { get; init; }
}
