using System.IO.Compression;

namespace Decoder.Recordings;

/// <summary>The arrays of a .npz file: a ZIP archive with one .npy file per array.</summary>
internal sealed class NpzArchive : IArrayFile
{
    private const string Extension = ".npy";
    private const int MaximumEntries = 1024;

    /// <summary>Deflate can pack 1032 to 1; measurements never come near this, an archive made to exhaust memory does.</summary>
    private const long MaximumRatio = 200;

    /// <summary>Small arrays may be packed as tightly as they like.</summary>
    private const long RatioFreeBytes = 16 << 20;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    private NpzArchive(string path, ZipArchive archive) => (Path, _archive) = (path, archive);

    public string Path { get; }

    public IReadOnlyList<ArrayEntry> Entries => field ??= [.. _entries.Keys.Select(Describe)];

    /// <summary>Reads the table of contents.</summary>
    /// <exception cref="RecordingException">Not a ZIP archive, damaged, too many entries, or two of the same name.</exception>
    public static NpzArchive Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        NpzArchive? npz = null;
        try
        {
            npz = new NpzArchive(path, new ZipArchive(file, ZipArchiveMode.Read));
            npz.Index();
            return npz;
        }
        catch (InvalidDataException e)
        {
            npz?.Dispose();
            file.Dispose();
            throw new RecordingException(
                $"{path}: not a complete .npz archive; the file is truncated or damaged ({e.Message}). Copy or save it again.", e);
        }
        catch
        {
            npz?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public StoredArray OpenArray(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw new ArrayNotFoundException($"{Path}: there is no array '{name}'; there are {DescribeArrays()}.");
        }

        var title = $"{Path}: array '{name}'";
        if (entry.IsEncrypted)
        {
            throw new RecordingException($"{title} is encrypted; save it without a password.");
        }

        if (entry.Length > RatioFreeBytes && entry.Length / MaximumRatio > entry.CompressedLength)
        {
            throw new RecordingException(
                $"{title} unpacks from {entry.CompressedLength} to {entry.Length} bytes, more than {MaximumRatio} to 1, as no recording does. "
                + "If it is one, save it uncompressed with numpy.savez.");
        }

        try
        {
            return StreamArray.OpenNpy(entry.Open(), entry.Length, title, entry.Crc32);
        }
        catch (InvalidDataException e)
        {
            throw new RecordingException($"{title} cannot be unpacked; the file is damaged ({e.Message}). Copy or save it again.", e);
        }
    }

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>The names alone, since describing the arrays would mean to open each.</summary>
    public string DescribeArrays() => _entries.Count == 0 ? "no arrays" : string.Join(", ", _entries.Keys.Select(name => $"'{name}'"));

    public void Dispose() => _archive.Dispose();

    private ArrayEntry Describe(string name)
    {
        try
        {
            using var array = OpenArray(name);
            return new(name, array.Layout.TypeName, array.Layout.Shape, IsReadable: true);
        }
        catch (RecordingException e)
        {
            return new(name, "unreadable", null, IsReadable: false, e.Message);
        }
    }

    private void Index()
    {
        if (_archive.Entries.Count > MaximumEntries)
        {
            throw new RecordingException($"{Path}: {_archive.Entries.Count} entries; at most {MaximumEntries} are read. This is not a recording.");
        }

        foreach (var entry in _archive.Entries)
        {
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                continue;
            }

            var name = entry.FullName[..^Extension.Length];
            if (!_entries.TryAdd(name, entry))
            {
                throw new RecordingException($"{Path}: two arrays are called '{name}', and which one is meant is unknown; save the file again.");
            }
        }
    }
}
