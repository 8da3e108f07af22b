using Decoder.Folders;

namespace Decoder.Curves;

/// <summary>All that decides the outcome of curves: curves.json.</summary>
internal sealed record CurvesConfiguration : FolderConfiguration
{
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
}
