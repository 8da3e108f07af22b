using Decoder.Folders;

namespace Decoder.Temporal;

/// <summary>All that decides the outcome of temporal decoders: temporal.json.</summary>
internal sealed record TemporalConfiguration : FolderConfiguration
{
    /// <summary>The array of the traces; null for the usual one.</summary>
    public string? Traces { get; init; }

    /// <summary>The array of the times, or a file of its own.</summary>
    public required string Time { get; init; }

    /// <summary>The time at which the stimulus begins, seconds.</summary>
    public required double Onset { get; init; }

    /// <summary>The decoders beside that of the mean response.</summary>
    public required IReadOnlyList<TemporalModel> Models { get; init; }

    /// <summary>How they are trained and judged.</summary>
    public required TemporalOptions Options { get; init; }
}
