using System.Reflection;
using System.Text.Json.Serialization;
using Decoder.Training;

namespace Decoder.Folders;

/// <summary>What the configurations of all folders have. A configuration has all that decides the outcome.</summary>
internal abstract record FolderConfiguration
{
    /// <summary>The version of the format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of this program.</summary>
    public static string ProgramVersion { get; } =
        typeof(FolderConfiguration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Version of the format.</summary>
    [JsonRequired, JsonPropertyOrder(-4)]
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Version of the program.</summary>
    [JsonRequired, JsonPropertyOrder(-3)]
    public string Version { get; init; } = ProgramVersion;

    /// <summary>Where the recording is from.</summary>
    [JsonPropertyOrder(-2)]
    public required RecordingSource Data { get; init; }

    /// <summary>By what it is recognized.</summary>
    [JsonPropertyOrder(-1)]
    public required RecordingIdentity Identity { get; init; }

    /// <summary>The device as --device names it; null for the best one, and for what computes on the CPU alone.</summary>
    [JsonPropertyOrder(1)]
    public string? Device { get; init; }
}
