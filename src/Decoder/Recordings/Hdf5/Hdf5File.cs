using System.Text.Json;

namespace Decoder.Recordings.Hdf5;

/// <summary>The arrays of an HDF5 file (MAT v7.3, NWB), each brought by another process to a temporary .npy file, which is read as any other.</summary>
internal sealed class Hdf5File : IArrayFile
{
    private readonly Hdf5Process _process;
    private readonly DirectoryInfo _folder;

    private Hdf5File(string path, Hdf5Process process, ArrayEntry[] entries)
    {
        (Path, _process, Entries) = (path, process, entries);
        _folder = Directory.CreateTempSubdirectory("decoder-hdf5-");
    }

    public string Path { get; }

    public IReadOnlyList<ArrayEntry> Entries { get; }

    /// <summary>Reads the table of contents.</summary>
    /// <exception cref="RecordingException">The file is damaged, or reading it took more than the bounds allow.</exception>
    public static Hdf5File Open(string path, Hdf5Reading bounds)
    {
        var process = new Hdf5Process(path, bounds);
        try
        {
            return new Hdf5File(path, process, JsonSerializer.Deserialize(process.Run("list", path), Hdf5Json.Default.ArrayEntryArray) ?? []);
        }
        catch (JsonException e)
        {
            throw new RecordingException($"{path}: the table of contents is longer than any recording's, or damaged.", e);
        }
    }

    public StoredArray OpenArray(string name)
    {
        var path = name.Trim('/');
        var entry = Entries.FirstOrDefault(entry => entry.Name == path)
            ?? throw new ArrayNotFoundException($"{Path}: there is no array '{name}'; there are {((IArrayFile)this).DescribeArrays()}.");
        if (!entry.IsReadable)
        {
            throw new RecordingException($"{Path}: '{name}' is {entry.Type}{(entry.Note is null ? "" : $" ({entry.Note})")}, not an array of numbers that can be read.");
        }

        var copy = System.IO.Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.npy");
        _process.Run("read", Path, path, copy);
        var file = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 12);

        // It stays readable until it is closed, and is gone then even if this process is killed.
        File.Delete(copy);
        return StreamArray.OpenNpy(file, file.Length, $"{Path}: array '{path}'");
    }

    public bool Contains(string name) => Entries.Any(entry => entry.IsReadable && entry.Name == name.Trim('/'));

    public void Dispose() => _folder.Delete(recursive: true);
}
