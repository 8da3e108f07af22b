using System.Buffers.Binary;
using System.Text;

namespace Decoder.Recordings;

/// <summary>
/// The header of a .npy array (format versions 1.0 to 3.0, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
/// </summary>
internal static class NpyHeader
{
    /// <summary>NumPy's own limit for files that are not trusted.</summary>
    private const int MaximumHeaderBytes = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether a file that begins with <paramref name="start"/> is a .npy file.</summary>
    public static bool IsNpy(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Reads the header and leaves <paramref name="stream"/> at the first element.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <param name="name">What the array is called in messages.</param>
    /// <param name="headerBytes">Bytes from the start of the file to the first element.</param>
    /// <exception cref="RecordingException">Not a .npy array, or of a kind that is not read.</exception>
    public static ArrayLayout Read(Stream stream, string name, out int headerBytes)
    {
        Span<byte> start = stackalloc byte[12];
        ReadExactly(stream, start[..8], name);
        if (!IsNpy(start))
        {
            throw new RecordingException($"{name}: not a NumPy array: it does not begin with the bytes \\x93NUMPY. "
                + "Save it with numpy.save or numpy.savez.");
        }

        var (major, minor) = (start[6], start[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw new RecordingException($"{name}: .npy format version {major}.{minor} is unknown; versions 1.0, 2.0 and 3.0 are read.");
        }

        var lengthBytes = major == 1 ? 2 : 4;
        ReadExactly(stream, start.Slice(8, lengthBytes), name);
        var length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MaximumHeaderBytes)
        {
            throw new RecordingException($"{name}: the header claims {length} bytes; at most {MaximumHeaderBytes} are read. The file is damaged.");
        }

        var text = new byte[length];
        ReadExactly(stream, text, name);
        var decoded = (major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
        headerBytes = 8 + lengthBytes + (int)length;
        return new NpyHeaderParser(decoded, name).Parse();
    }

    private static void ReadExactly(Stream stream, Span<byte> buffer, string name)
    {
        try
        {
            stream.ReadExactly(buffer);
        }
        catch (EndOfStreamException e)
        {
            throw new RecordingException($"{name}: the file ends inside the header of the array; it is truncated. Copy or save it again.", e);
        }
    }
}
