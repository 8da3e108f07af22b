using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Decoder.Recordings;

/// <summary>
/// An array whose elements are read from a stream: of a .npy file, or of another format that stores them one after the other.
/// Everything that the header allows to refuse is refused before the caller allocates anything.
/// </summary>
internal sealed class StreamArray : StoredArray
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>Elements of a column-major matrix in memory beside the result.</summary>
    private const int ChunkElements = 1 << 22;

    private readonly Stream _stream;
    private readonly Crc32? _crc;
    private readonly uint _expectedCrc;

    /// <summary>An array whose header has been read.</summary>
    /// <param name="stream">At the first element; owned by the array from here on. It ends with the last element.</param>
    /// <param name="name">What the array is called in messages.</param>
    /// <param name="layout">What the header says.</param>
    public StreamArray(Stream stream, string name, ArrayLayout layout)
        : this(stream, name, layout, crc: null, expectedCrc: 0)
    {
    }

    private StreamArray(Stream stream, string name, ArrayLayout layout, Crc32? crc, uint expectedCrc)
        : base(name, layout) => (_stream, _crc, _expectedCrc) = (stream, crc, expectedCrc);

    /// <summary>Opens a .npy file: reads the header and compares the size it promises with the bytes that there are.</summary>
    /// <param name="stream">At its start; owned by the array from here on.</param>
    /// <param name="totalBytes">Length of the stream.</param>
    /// <param name="name">What the array is called in messages.</param>
    /// <param name="crc">The CRC-32 of the whole stream, where it is known.</param>
    /// <exception cref="RecordingException">The array cannot be read.</exception>
    public static StreamArray OpenNpy(Stream stream, long totalBytes, string name, uint? crc = null)
    {
        try
        {
            var checksum = crc is null ? null : new Crc32();
            var checkedStream = checksum is null ? stream : new ChecksumStream(stream, checksum);
            var layout = NpyHeader.Read(checkedStream, name, out var headerBytes);
            var present = totalBytes - headerBytes;
            if (present != layout.DataBytes)
            {
                throw new RecordingException(
                    $"{name}: shape {layout.ShapeText} with {layout.ItemSize} bytes each needs {layout.DataBytes} bytes, but there are {present}. "
                    + (present < layout.DataBytes ? "The file is truncated; copy or save it again." : "There are bytes behind the array; save it again."));
            }

            return new StreamArray(checkedStream, name, layout, checksum, crc.GetValueOrDefault());
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Read(Span<float> destination)
    {
        try
        {
            if (Layout is { IsColumnMajor: true, Count: > 0 } && Layout.Shape.Count(dimension => dimension > 1) > 1)
            {
                ReadColumnMajor(destination);
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadInOrder(Span<float> destination)
    {
        if (Layout is { Kind: ElementKind.Float, ItemSize: sizeof(float) })
        {
            // Straight into place, in pieces that are still in the cache when the checksum reads them.
            for (var start = 0; start < destination.Length; start += ChunkBytes / sizeof(float))
            {
                var piece = MemoryMarshal.AsBytes(destination.Slice(start, Math.Min(ChunkBytes / sizeof(float), destination.Length - start)));
                _stream.ReadExactly(piece);
                if (Layout.IsBigEndian == BitConverter.IsLittleEndian)
                {
                    ArrayElements.ReverseBytes(piece, sizeof(float));
                }
            }

            return;
        }

        var buffer = new byte[Math.Min(ChunkBytes, destination.Length * (long)Layout.ItemSize)];
        while (destination.Length > 0)
        {
            var count = Math.Min(destination.Length, ChunkBytes / Layout.ItemSize);
            var piece = buffer.AsSpan(0, count * Layout.ItemSize);
            _stream.ReadExactly(piece);
            ArrayElements.Convert(Layout, piece, destination);
            destination = destination[count..];
        }
    }

    /// <summary>
    /// Columns come one after the other. A few at a time are read and written side by side into the rows, so that no second copy of the matrix is held. An array of more dimensions
    /// is a matrix whose columns, of all indices but the first, come in another order than they are wanted in.
    /// </summary>
    private void ReadColumnMajor(Span<float> destination)
    {
        var rows = Layout.Shape[0];
        var columns = Layout.Count / rows;

        // Of long columns a piece at a time; of short ones several columns.
        var rowsAtATime = (int)Math.Min(rows, ChunkElements);
        var columnsAtATime = (int)Math.Min(columns, Math.Clamp(ChunkElements / rowsAtATime, 1, 16));
        var bytes = new byte[columnsAtATime * rowsAtATime * Layout.ItemSize];
        var values = new float[columnsAtATime * rowsAtATime];
        var places = new int[columnsAtATime];
        for (var firstColumn = 0L; firstColumn < columns; firstColumn += columnsAtATime)
        {
            for (var column = 0; column < places.Length && firstColumn + column < columns; column++)
            {
                places[column] = (int)PlaceOf(firstColumn + column);
            }

            for (var firstRow = 0L; firstRow < rows; firstRow += rowsAtATime)
            {
                var width = (int)Math.Min(columnsAtATime, columns - firstColumn);
                var height = (int)Math.Min(rowsAtATime, rows - firstRow);
                var piece = bytes.AsSpan(0, width * height * Layout.ItemSize);
                _stream.ReadExactly(piece);
                ArrayElements.Convert(Layout, piece, values);
                for (var row = 0; row < height; row++)
                {
                    var target = destination.Slice((int)((firstRow + row) * columns), (int)columns);
                    for (var column = 0; column < width; column++)
                    {
                        target[places[column]] = values[column * height + row];
                    }
                }
            }
        }
    }

    /// <summary>Where in a row the column is wanted that is stored as number <paramref name="column"/>: the first of its indices varies fastest there, and slowest here.</summary>
    private long PlaceOf(long column)
    {
        var place = 0L;
        foreach (var length in Layout.Shape.AsSpan(1))
        {
            (column, var index) = Math.DivRem(column, length);
            place = place * length + index;
        }

        return place;
    }
}
