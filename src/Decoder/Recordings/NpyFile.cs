namespace Decoder.Recordings;

/// <summary>A .npy file: one array, which has no name but that of the file.</summary>
internal sealed class NpyFile : IArrayFile
{
    private readonly string _array;

    public NpyFile(string path)
    {
        Path = path;
        _array = System.IO.Path.GetFileNameWithoutExtension(path);
        using var array = Open();
        Entries = [new ArrayEntry(_array, array.Layout.TypeName, array.Layout.Shape, IsReadable: true)];
    }

    public string Path { get; }

    public IReadOnlyList<ArrayEntry> Entries { get; }

    public StoredArray OpenArray(string name) => name == _array
        ? Open()
        : throw new ArrayNotFoundException($"{Path}: there is no array '{name}'; a .npy file has one, here '{_array}'.");

    public void Dispose()
    {
    }

    private StreamArray Open()
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 12);
        return StreamArray.OpenNpy(file, file.Length, Path);
    }
}
