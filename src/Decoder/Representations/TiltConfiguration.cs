using Decoder.Folders;

namespace Decoder.Representations;

/// <summary>All that decides what a network of tilts becomes, and what it is compared with: tilt.json.</summary>
internal sealed record TiltConfiguration : FolderConfiguration
{
    /// <summary>How often the network sees its images.</summary>
    public required int Epochs { get; init; }

    /// <summary>The learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Decides images, initial values and the order of the images.</summary>
    public required uint Seed { get; init; }
}
