namespace Decoder.Tests;

/// <summary>A folder of its own for a test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decoder-tests-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(_folder.FullName, name);

    public string[] Names => [.. _folder.GetFileSystemInfos().Select(entry => entry.Name).Order()];

    public void Dispose() => _folder.Delete(recursive: true);
}
