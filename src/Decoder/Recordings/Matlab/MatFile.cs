using System.IO.Compression;

namespace Decoder.Recordings.Matlab;

/// <summary>
/// The arrays of a MATLAB file of version 5 to 7.2 (MathWorks, 'MAT-File Format'): numbers of every class, also in structs and cells, by paths such as
/// <c>stim/istim</c>, <c>trials(2)/resp</c> and <c>sessions{3}</c>. Written here because the packages at hand read a file as a whole, trust the sizes it claims and
/// recurse as deep as it says.
/// </summary>
internal sealed class MatFile : IArrayFile
{
    private const int HeaderBytes = 128;

    /// <summary>Zlib can pack 1032 to 1; measurements never come near this, a file made to exhaust memory or time does.</summary>
    private const long MaximumRatio = 200;

    /// <summary>Small variables may be packed as tightly as they like.</summary>
    private const long RatioFreeBytes = 16 << 20;

    private readonly List<MatNode> _nodes = [];
    private readonly Dictionary<string, MatNode> _readable = [];
    private readonly bool _isBigEndian;

    private MatFile(string path, bool isBigEndian)
    {
        (Path, _isBigEndian) = (path, isBigEndian);
        Index();
        foreach (var node in _nodes.Where(node => node.Entry.IsReadable))
        {
            if (!_readable.TryAdd(node.Entry.Name, node))
            {
                throw new RecordingException($"{path}: two arrays are called '{node.Entry.Name}', and which one is meant is unknown; save the file again.");
            }
        }

        Entries = _nodes.ConvertAll(node => node.Entry);
    }

    public string Path { get; }

    public IReadOnlyList<ArrayEntry> Entries { get; }

    /// <summary>Whether a file that begins with <paramref name="start"/> is from MATLAB; of version 7.3 it is HDF5 behind its header.</summary>
    public static bool IsMatlab(ReadOnlySpan<byte> start) => start.StartsWith("MATLAB"u8);

    /// <summary>Reads the table of contents.</summary>
    /// <exception cref="RecordingException">The file is damaged, or of another version.</exception>
    public static MatFile Open(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
        {
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            {
                throw new RecordingException($"{path}: the file ends inside its header; it is truncated. Copy it again.");
            }
        }

        var isBigEndian = header[126..].SequenceEqual("MI"u8);
        if (!isBigEndian && !header[126..].SequenceEqual("IM"u8))
        {
            throw new RecordingException($"{path}: bytes 126 and 127 are neither IM nor MI, so that the byte order is unknown. The file is damaged; copy it again.");
        }

        var major = isBigEndian ? header[124] : header[125];
        return major == 1 ? new MatFile(path, isBigEndian) : throw new RecordingException(
            $"{path}: MAT-files of version {major} are not read, those of versions 5 to 7.2 are. Save it in MATLAB with save('-v7', ...).");
    }

    public StoredArray OpenArray(string name)
    {
        // MATLAB writes stim.istim; a name cannot contain either character.
        var path = name.Replace('.', '/');
        if (!_readable.TryGetValue(path, out var node))
        {
            var entry = _nodes.Find(other => other.Entry.Name == path)?.Entry;
            throw entry is null
                ? new ArrayNotFoundException($"{Path}: there is no array '{name}'; there are {((IArrayFile)this).DescribeArrays()}.")
                : new RecordingException($"{Path}: '{name}' is {entry.Type}{(entry.Note is null ? "" : $" ({entry.Note})")}, not an array of numbers that can be read.");
        }

        var title = $"{Path}: array '{path}'";
        MatElementReader? reader = null;
        try
        {
            var stream = OpenElement(node.Element);
            reader = new MatElementReader(stream, _isBigEndian, Path);
            reader.SkipTo(node.Offset);
            return new StreamArray(new BoundedStream(stream, node.Layout!.DataBytes), title, node.Layout);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            reader?.Dispose();
            throw Unpackable(e);
        }
    }

    public bool Contains(string name) => _readable.ContainsKey(name.Replace('.', '/'));

    public void Dispose()
    {
    }

    private void Index()
    {
        var indexer = new MatIndexer(Path, _nodes);
        try
        {
            var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var length = file.Length;
            using var reader = new MatElementReader(file, _isBigEndian, Path);
            reader.SkipTo(HeaderBytes);
            while (reader.Position < length)
            {
                var tag = reader.ReadTag(length);
                var element = new MatElement(reader.Position, tag.Bytes, tag.Type == MatDataType.Compressed);
                if (element.IsCompressed)
                {
                    IndexCompressed(indexer, element);
                    reader.SkipTo(tag.End);
                }
                else
                {
                    // Offsets within an element count from the start of its data.
                    using var inner = new MatElementReader(OpenElement(element), _isBigEndian, Path);
                    indexer.Index(inner, tag with { End = tag.Bytes }, element);
                    reader.SkipTo(tag.End);
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw Unpackable(e);
        }
    }

    private void IndexCompressed(MatIndexer indexer, MatElement element)
    {
        using var reader = new MatElementReader(OpenElement(element), _isBigEndian, Path);
        var tag = reader.ReadTag(long.MaxValue);
        if (tag.Bytes > RatioFreeBytes && tag.Bytes / MaximumRatio > element.Bytes)
        {
            indexer.Index(reader, tag, element, isListedOnly: true);
            return;
        }

        indexer.Index(reader, tag, element);

        // The end of the stream brings its checksum, which is compared on the way.
        if (!reader.IsAtEnd())
        {
            throw reader.Damaged($"the variable at byte {element.Offset} goes on behind its end");
        }
    }

    private Stream OpenElement(MatElement element)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        file.Position = element.Offset;
        return element.IsCompressed ? new ZLibStream(new BoundedStream(file, element.Bytes), CompressionMode.Decompress) : file;
    }

    private RecordingException Unpackable(Exception e) =>
        new($"{Path}: the data end early or cannot be unpacked ({e.Message}). The file is damaged; copy it again.", e);
}
