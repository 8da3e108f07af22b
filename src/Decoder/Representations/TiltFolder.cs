using Decoder.Folders;

namespace Decoder.Representations;

/// <summary>The folder that <c>decoder tilt</c> leaves.</summary>
internal sealed class TiltFolder(string path)
    : ResultFolder<TiltFolder, TiltConfiguration, TiltResult>(path, FolderKind.Tilt, TiltJson.Default.TiltConfiguration, TiltJson.Default.TiltResult), IResultFolder<TiltFolder>
{
    static TiltFolder IResultFolder<TiltFolder>.At(string path) => new(path);
}
