using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Decoder.Tests.Recordings;

/// <summary>Builds .npy and .npz files byte by byte, right and wrong ones, independently of the writer under test.</summary>
internal static class NpyBytes
{
    public static byte[] Array(string type, string shape, byte[] data, bool fortran = false, byte version = 1) =>
        Raw($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", data, version);

    public static byte[] Raw(string header, byte[] data, byte version = 1)
    {
        var text = Encoding.UTF8.GetBytes(header + "\n");
        var length = version == 1 ? new byte[2] : new byte[4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        }

        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] FloatArray(string shape, params float[] values) => Array("<f4", shape, Floats(values));

    public static byte[] Zip(params (string Name, byte[] Content)[] entries) => Zip(CompressionLevel.NoCompression, entries);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    /// <summary>A good recording: 3 stimuli, 2 neurons.</summary>
    public static byte[] Recording() => Zip(
        ("resp.npy", FloatArray("(3, 2)", 1, 2, 3, 4, 5, 6)),
        ("stimuli.npy", FloatArray("(3,)", 0, 90, 180)));
}
