using System.Buffers.Binary;

namespace Decoder.Recordings.Matlab;

/// <summary>Reads the data elements of a MAT-file forwards, from a file or from what a compressed element unpacks to. Holds no data.</summary>
/// <param name="stream">Where to read; owned by the reader.</param>
/// <param name="isBigEndian">The byte order of the file.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class MatElementReader(Stream stream, bool isBigEndian, string path) : IDisposable
{
    private byte[]? _scratch;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>The byte order of the file.</summary>
    public bool IsBigEndian => isBigEndian;

    /// <summary>Reads the head of an element that ends, padding apart, before <paramref name="limit"/>.</summary>
    /// <exception cref="RecordingException">It claims to go further.</exception>
    public MatTag ReadTag(long limit)
    {
        var word = ReadUInt32(limit);

        // The small format: the upper half has the number of bytes, and the data share the eight bytes with the tag.
        var isSmall = word >> 16 != 0;
        var (type, bytes) = isSmall ? ((MatDataType)(word & 0xffff), word >> 16) : ((MatDataType)word, ReadUInt32(limit));
        if (isSmall && bytes > 4)
        {
            throw Damaged($"a small element at byte {Position} claims {bytes} bytes");
        }

        var end = Position + bytes;
        if (end > limit)
        {
            throw Damaged($"an element at byte {Position} claims {bytes} bytes, and {limit - Position} are left");
        }

        var padded = isSmall ? Position + 4 : type == MatDataType.Compressed ? end : Position + (bytes + 7L & ~7L);
        return new(type, bytes, Math.Min(padded, limit));
    }

    /// <summary>Reads a 32-bit number.</summary>
    public uint ReadUInt32(long limit)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        if (limit - Position < bytes.Length)
        {
            throw Damaged($"an element ends at byte {limit}, in the middle of a number");
        }

        Read(bytes);
        return isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Reads bytes.</summary>
    public void Read(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        Position += bytes.Length;
    }

    /// <summary>Goes on to a later place.</summary>
    public void SkipTo(long position)
    {
        if (stream.CanSeek)
        {
            stream.Seek(position - Position, SeekOrigin.Current);
            Position = position;
            return;
        }

        _scratch ??= new byte[1 << 16];
        while (Position < position)
        {
            Read(_scratch.AsSpan(0, (int)Math.Min(_scratch.Length, position - Position)));
        }
    }

    /// <summary>Whether the stream ends here.</summary>
    public bool IsAtEnd() => stream.ReadByte() < 0;

    /// <summary>The exception for a file that contradicts itself.</summary>
    public RecordingException Damaged(string what) =>
        new($"{path}: {what}. The file is truncated or damaged; copy it again, or save it again in MATLAB.");

    public void Dispose() => stream.Dispose();
}
