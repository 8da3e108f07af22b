using Decoder.Models;

namespace Decoder.Training;

/// <summary>All that decides the outcome of a run: config.json.</summary>
internal sealed record RunConfiguration
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
    public required RecordingIdentity Recording { get; init; }

    /// <summary>What is trained.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>How.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The device as --device names it; null for the best one.</summary>
    public string? Device { get; init; }
}
