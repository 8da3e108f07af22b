using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Decoder.Recordings;

/// <summary>
/// One .npy array whose header has been read and found good, and whose elements can now be read once, as float32 in C order.
/// Everything that the header allows to refuse is refused before the caller allocates anything.
/// </summary>
internal sealed class NpyArray : IDisposable
{
    private const int ChunkBytes = 1 << 18;

    private readonly Stream _stream;
    private readonly Crc32? _crc;
    private readonly uint _expectedCrc;

    private NpyArray(Stream stream, string name, NpyHeader header, Crc32? crc, uint expectedCrc) =>
        (_stream, Name, Header, _crc, _expectedCrc) = (stream, name, header, crc, expectedCrc);

    /// <summary>What the array is called in messages.</summary>
    public string Name { get; }

    public NpyHeader Header { get; }

    /// <summary>Reads the header and compares the size it promises with the bytes that there are.</summary>
    /// <param name="stream">At its start; owned by the array from here on.</param>
    /// <param name="totalBytes">Length of the stream.</param>
    /// <param name="name">What the array is called in messages.</param>
    /// <param name="crc">The CRC-32 of the whole stream, where it is known.</param>
    /// <exception cref="RecordingException">The array cannot be read.</exception>
    public static NpyArray Open(Stream stream, long totalBytes, string name, uint? crc = null)
    {
        try
        {
            var checksum = crc is null ? null : new Crc32();
            var checkedStream = checksum is null ? stream : new ChecksumStream(stream, checksum);
            var header = NpyHeader.Read(checkedStream, name);
            var present = totalBytes - header.HeaderBytes;
            if (present != header.DataBytes)
            {
                throw new RecordingException(
                    $"{name}: shape {header.ShapeText} with {header.ItemSize} bytes each needs {header.DataBytes} bytes, but there are {present}. "
                    + (present < header.DataBytes ? "The file is truncated; copy or save it again." : "There are bytes behind the array; save it again."));
            }

            return new NpyArray(checkedStream, name, header, checksum, crc.GetValueOrDefault());
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads all elements into <paramref name="destination"/>, which must have exactly their number.</summary>
    /// <exception cref="RecordingException">The data are damaged or truncated, or in Fortran order with more than two dimensions.</exception>
    public void ReadInto(Span<float> destination)
    {
        if (destination.Length != Header.Count)
        {
            throw new ArgumentException($"{Name} has {Header.Count} elements; the destination takes {destination.Length}.", nameof(destination));
        }

        try
        {
            if (Header.IsFortranOrder && Header.Shape.Count(dimension => dimension > 1) > 1)
            {
                ReadFortran(destination);
            }
            else
            {
                ReadInOrder(destination);
            }

            if (_stream.ReadByte() >= 0)
            {
                throw new RecordingException($"{Name}: there are bytes behind the array; save it again.");
            }
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new RecordingException($"{Name}: the data end early or cannot be unpacked; the file is damaged. Copy or save it again.", e);
        }

        if (_crc is not null && _crc.GetCurrentHashAsUInt32() != _expectedCrc)
        {
            throw new RecordingException(
                $"{Name}: the CRC-32 is {_crc.GetCurrentHashAsUInt32():x8} instead of {_expectedCrc:x8}; the file is damaged. Copy or download it again.");
        }
    }

    public void Dispose() => _stream.Dispose();

    private void ReadInOrder(Span<float> destination)
    {
        if (Header is { Kind: NpyKind.Float, ItemSize: sizeof(float) })
        {
            // Straight into place, in pieces that are still in the cache when the checksum reads them.
            for (var start = 0; start < destination.Length; start += ChunkBytes / sizeof(float))
            {
                var piece = MemoryMarshal.AsBytes(destination.Slice(start, Math.Min(ChunkBytes / sizeof(float), destination.Length - start)));
                _stream.ReadExactly(piece);
                if (Header.IsBigEndian == BitConverter.IsLittleEndian)
                {
                    NpyElements.ReverseBytes(piece, sizeof(float));
                }
            }

            return;
        }

        var buffer = new byte[Math.Min(ChunkBytes, destination.Length * (long)Header.ItemSize)];
        while (destination.Length > 0)
        {
            var count = Math.Min(destination.Length, ChunkBytes / Header.ItemSize);
            var piece = buffer.AsSpan(0, count * Header.ItemSize);
            _stream.ReadExactly(piece);
            NpyElements.Convert(Header, piece, destination);
            destination = destination[count..];
        }
    }

    /// <summary>
    /// Columns come one after the other. A few at a time are read and written side by side into the rows, so that no second copy of the matrix is held.
    /// </summary>
    private void ReadFortran(Span<float> destination)
    {
        if (Header.Shape.Length != 2)
        {
            throw new RecordingException(
                $"{Name}: shape {Header.ShapeText} in Fortran order is not read; save numpy.ascontiguousarray(array) instead.");
        }

        const int ColumnsAtATime = 16;
        var (rows, columns) = (checked((int)Header.Shape[0]), checked((int)Header.Shape[1]));
        var bytes = new byte[checked(Math.Min(ColumnsAtATime, columns) * rows * Header.ItemSize)];
        var values = new float[Math.Min(ColumnsAtATime, columns) * rows];
        for (var first = 0; first < columns; first += ColumnsAtATime)
        {
            var count = Math.Min(ColumnsAtATime, columns - first);
            var piece = bytes.AsSpan(0, count * rows * Header.ItemSize);
            _stream.ReadExactly(piece);
            NpyElements.Convert(Header, piece, values);
            for (var row = 0; row < rows; row++)
            {
                var target = destination.Slice((int)((long)row * columns + first), count);
                for (var column = 0; column < count; column++)
                {
                    target[column] = values[column * rows + row];
                }
            }
        }
    }
}
