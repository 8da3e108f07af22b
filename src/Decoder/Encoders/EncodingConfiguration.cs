using Decoder.Folders;

namespace Decoder.Encoders;

/// <summary>All that decides what an encoder becomes: encoding.json.</summary>
internal sealed record EncodingConfiguration : FolderConfiguration
{
    /// <summary>What is trained, and how.</summary>
    public required EncodingOptions Options { get; init; }
}
