using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Autodiff;

/// <summary>Writes the safetensors format.</summary>
internal static class SafeTensorsWriter
{
    public static void Write(SafeTensors file, Stream stream)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors are little-endian; this machine is not.");
        }
        // Doubles first: then every tensor begins at a multiple of its element size, since the data begin at a multiple of 8.
        KeyValuePair<string, SafeTensorsEntry>[] entries = [.. file.Entries.OrderBy(pair => pair.Value.ElementType == "F64" ? 0 : 1)];
        ArrayBufferWriter<byte> header = Header(file, entries);
        int padding = -header.WrittenCount & 7;
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        if (header.WrittenCount > SafeTensorsHeader.MaxLength)
        {
            throw new InvalidOperationException($"safetensors: the header would have {header.WrittenCount} bytes; the format allows "
                + $"{SafeTensorsHeader.MaxLength}. Write fewer tensors, or less text.");
        }

        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.WrittenCount);
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        foreach ((_, SafeTensorsEntry entry) in entries)
        {
            stream.Write(entry.Bytes);
        }
    }

    private static ArrayBufferWriter<byte> Header(SafeTensors file, KeyValuePair<string, SafeTensorsEntry>[] entries)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteStartObject(SafeTensorsHeader.Metadata);
        json.WriteString(SafeTensorsHeader.Checksum, SafeTensorsChecksum.Compute(file));
        foreach ((string key, string value) in file.Metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        long position = 0;
        foreach ((string name, SafeTensorsEntry entry) in entries)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype", entry.ElementType);
            json.WriteStartArray("shape");
            foreach (int size in entry.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(position);
            json.WriteNumberValue(position += entry.Bytes.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }
}
