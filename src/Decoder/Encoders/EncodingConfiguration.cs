using Decoder.Training;

namespace Decoder.Encoders;

/// <summary>All that decides what an encoder becomes: encoding.json.</summary>
internal sealed record EncodingConfiguration
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Where the recording is from.</summary>
    public required RecordingSource Data { get; init; }

    /// <summary>By what its training set, binned, is recognized.</summary>
    public required RecordingIdentity Identity { get; init; }

    /// <summary>What is trained, and how.</summary>
    public required EncodingOptions Options { get; init; }

    /// <summary>The device as --device names it; null for the best one.</summary>
    public string? Device { get; init; }
}
