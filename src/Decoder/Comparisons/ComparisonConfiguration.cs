using Decoder.Folders;

namespace Decoder.Comparisons;

/// <summary>All that decides the outcome of a comparison: config.json.</summary>
internal sealed record ComparisonConfiguration : FolderConfiguration
{
    /// <summary>360 to decode direction, 180 to decode orientation.</summary>
    public required int Period { get; init; }

    /// <summary>Number of folds; null for every fourth trial as test trials.</summary>
    public int? Folds { get; init; }

    /// <summary>Decides the folds, the shuffled control and the resampling.</summary>
    public ulong Seed { get; init; }

    /// <summary>How often trials are drawn for an interval.</summary>
    public required int Resamples { get; init; }
}
