using Decoder.Folders;
using Decoder.Terminal;

namespace Decoder.Encoders;

/// <summary>The folder that an encoder leaves.</summary>
internal sealed class EncodingFolder(string path)
    : ResultFolder<EncodingFolder, EncodingConfiguration, EncodingResult>(path, FolderKind.Encoder, EncodingJson.Default.EncodingConfiguration, EncodingJson.Default.EncodingResult), IResultFolder<EncodingFolder>
{
    static EncodingFolder IResultFolder<EncodingFolder>.At(string path) => new(path);
}
