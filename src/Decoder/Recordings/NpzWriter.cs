using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Decoder.Recordings;

/// <summary>
/// Writes arrays as a .npz file that NumPy reads. The same arrays give the same bytes: entries have a fixed date.
/// </summary>
public sealed class NpzWriter : IDisposable
{
    /// <summary>The earliest date a ZIP archive can express, which NumPy writes too.</summary>
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly CompressionLevel _level;
    private readonly HashSet<string> _names = [];

    /// <summary>Begins an archive; <see cref="Dispose"/> finishes it and leaves <paramref name="stream"/> open.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="compress">Deflate the arrays, as numpy.savez_compressed does; responses shrink by about a tenth.</param>
    public NpzWriter(Stream stream, bool compress = false)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        _level = compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression;
    }

    /// <summary>Adds a float32 array.</summary>
    /// <param name="name">Its name, without extension.</param>
    /// <param name="values">Elements in C order.</param>
    /// <param name="shape">Dimensions; their product is the number of values.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or the name was used before.</exception>
    public void Add(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        if (BitConverter.IsLittleEndian)
        {
            Add(name, "<f4", MemoryMarshal.AsBytes(values), values.Length, shape);
            return;
        }

        var bytes = new byte[checked(values.Length * sizeof(float))];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        Add(name, "<f4", bytes, values.Length, shape);
    }

    /// <summary>Adds a single boolean, an array without dimensions.</summary>
    /// <exception cref="ArgumentException">The name was used before.</exception>
    public void Add(string name, bool value) => Add(name, "|b1", [value ? (byte)1 : (byte)0], 1, []);

    /// <summary>Writes the table of contents.</summary>
    public void Dispose() => _archive.Dispose();

    private void Add(string name, string type, ReadOnlySpan<byte> data, int count, ReadOnlySpan<int> shape)
    {
        var expected = 1L;
        foreach (var dimension in shape)
        {
            expected *= dimension;
        }

        var shapeText = ArrayLayout.FormatShape(Array.ConvertAll(shape.ToArray(), dimension => (long)dimension));
        if (expected != count)
        {
            throw new ArgumentException($"Array '{name}' has {count} values; shape {shapeText} needs {expected}.", nameof(shape));
        }

        if (!_names.Add(name))
        {
            throw new ArgumentException($"There is an array '{name}' already.", nameof(name));
        }

        var entry = _archive.CreateEntry(name + ".npy", _level);
        entry.LastWriteTime = Date;
        using var stream = entry.Open();
        stream.Write(CreateHeader(type, shapeText));
        stream.Write(data);
    }

    /// <summary>Version 1.0; the length is a multiple of 64 so that the elements are aligned.</summary>
    internal static byte[] CreateHeader(string type, string shape)
    {
        const int Alignment = 64;
        const int Prefix = 10;
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        var length = (Prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[length];
        ((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - Prefix));
        Encoding.Latin1.GetBytes(text.PadRight(length - Prefix - 1) + "\n", header.AsSpan(Prefix));
        return header;
    }
}
