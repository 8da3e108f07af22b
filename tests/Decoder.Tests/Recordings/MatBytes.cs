using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Decoder.Tests.Recordings;

/// <summary>Builds MAT-files byte by byte, right and wrong ones, from the format's description.</summary>
internal sealed class MatBytes(bool isBigEndian = false)
{
    public byte[] File(params byte[][] elements)
    {
        var header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made for a test".PadRight(116)).CopyTo(header, 0);
        UInt16(0x0100).CopyTo(header, 124);
        UInt16(0x4d49).CopyTo(header, 126);
        return [.. header, .. elements.SelectMany(element => element)];
    }

    public byte[] Doubles(string name, int rows, int columns, params double[] columnMajor) =>
        Numbers(name, 6, [rows, columns], 9, [.. columnMajor.SelectMany(Double)]);

    public byte[] Numbers(string name, int matClass, int[] shape, int type, byte[] data, uint flags = 0) =>
        Matrix(name, (uint)matClass | flags, shape, Element(type, data));

    public byte[] Cell(string name, params byte[][] children) => Matrix(name, 1, [1, children.Length], children);

    public byte[] Struct(string name, int[] shape, string[] fields, params byte[][] children) => Matrix(
        name, 2, shape, [SmallElement(5, Int32(32)), Element(1, [.. fields.SelectMany(field => Encoding.ASCII.GetBytes(field.PadRight(32, '\0')))]), .. children]);

    public byte[] Matrix(string name, uint flags, int[] shape, params byte[][] content) => Element(14,
    [
        .. Element(6, [.. UInt32(flags), .. UInt32(0)]),
        .. Element(5, [.. shape.SelectMany(Int32)]),
        .. name.Length is > 0 and <= 4 ? SmallElement(1, Encoding.ASCII.GetBytes(name)) : Element(1, Encoding.ASCII.GetBytes(name)),
        .. content.SelectMany(bytes => bytes),
    ]);

    public byte[] Element(int type, byte[] data) => [.. UInt32((uint)type), .. UInt32((uint)data.Length), .. data, .. new byte[-data.Length & 7]];

    public byte[] SmallElement(int type, byte[] data) => [.. UInt32((uint)(data.Length << 16 | type)), .. data, .. new byte[4 - data.Length]];

    public byte[] Compressed(byte[] element)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(element);
        }

        return [.. UInt32(15), .. UInt32((uint)memory.Length), .. memory.ToArray()];
    }

    public byte[] Double(double value) => Ordered(BitConverter.GetBytes(value));

    public byte[] Int32(int value) => Ordered(BitConverter.GetBytes(value));

    public byte[] UInt32(uint value) => Ordered(BitConverter.GetBytes(value));

    public byte[] UInt16(ushort value) => Ordered(BitConverter.GetBytes(value));

    /// <summary>The bytes of one number in the order of the file.</summary>
    public byte[] Ordered(byte[] bytes)
    {
        if (isBigEndian == BitConverter.IsLittleEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
