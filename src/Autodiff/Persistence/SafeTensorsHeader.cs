namespace Autodiff;

/// <summary>Words and limits of the safetensors header.</summary>
internal static class SafeTensorsHeader
{
    /// <summary>The key of the text that goes with the tensors.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>The metadata key of this library's checksum.</summary>
    public const string Checksum = "autodiff.sha256";

    /// <summary>The largest header that the format allows.</summary>
    public const long MaxLength = 100_000_000;
}
