using Decoder.Training;

namespace Decoder.Comparisons;

/// <summary>All that decides the outcome of a comparison: config.json.</summary>
internal sealed record ComparisonConfiguration
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

    /// <summary>360 to decode direction, 180 to decode orientation.</summary>
    public required int Period { get; init; }

    /// <summary>Number of folds; null for every fourth trial as test trials.</summary>
    public int? Folds { get; init; }

    /// <summary>Decides the folds, the shuffled control and the resampling.</summary>
    public ulong Seed { get; init; }

    /// <summary>How often trials are drawn for an interval.</summary>
    public required int Resamples { get; init; }
}
