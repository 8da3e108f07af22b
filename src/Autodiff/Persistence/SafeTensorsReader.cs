using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Reads the safetensors format and believes nothing: lengths, names, shapes and places are checked against each other and the file before
/// tensors are allocated.
/// </summary>
internal static class SafeTensorsReader
{
    public static SafeTensors Read(Stream stream, bool verifyChecksum)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors are little-endian; this machine is not.");
        }

        try
        {
            byte[] header = ReadHeader(stream);
            long dataLength = stream.Length - sizeof(long) - header.Length;
            SafeTensors file = new();
            List<Place> places = Parse(header, dataLength, file.Metadata);
            CheckThatPlacesTile(places, dataLength);
            foreach (Place place in places)
            {
                SafeTensorsEntry entry = new(place.Shape,
                    place.ElementSize == sizeof(float)
                        ? GC.AllocateUninitializedArray<float>(place.Shape.Count)
                        : GC.AllocateUninitializedArray<double>(place.Shape.Count));
                stream.ReadExactly(entry.Bytes);
                file.Add(place.Name, entry);
            }
            if (file.Metadata.Remove(SafeTensorsHeader.Checksum, out string? expected) && verifyChecksum)
            {
                Verify(file, expected);
            }

            return file;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("the file ended while it was read; somebody else is changing it.");
        }
    }

    private static byte[] ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (stream.Length < prefix.Length)
        {
            throw new InvalidDataException($"it has {stream.Length} bytes; the length of the header alone takes 8. The file is truncated.");
        }

        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafeTensorsHeader.MaxLength)
        {
            throw new InvalidDataException($"its first 8 bytes say that the header has {length} bytes; the format allows "
                + $"{SafeTensorsHeader.MaxLength}. It is not a safetensors file.");
        }

        if (length > (ulong)(stream.Length - prefix.Length))
        {
            throw new InvalidDataException($"the header has {length} bytes, but only {stream.Length - prefix.Length} follow. The file is "
                + "truncated.");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        if (length < 2 || header[0] != '{')
        {
            throw new InvalidDataException("the header does not begin with '{'. It is not a safetensors file.");
        }

        return header;
    }

    private static List<Place> Parse(byte[] header, long dataLength, IDictionary<string, string> metadata)
    {
        List<Place> places = [];
        try
        {
            // Without this, invalid UTF-8 in a name would surface only when the name is read.
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(header);
            JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };
            using JsonDocument document = JsonDocument.Parse(header, strict);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == SafeTensorsHeader.Metadata)
                {
                    ParseMetadata(property.Value, metadata);
                }
                else
                {
                    places.Add(ParseTensor(property.Name, property.Value, dataLength));
                }
            }
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("the header is not UTF-8.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the header is not the JSON that the format asks for: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // A name or a text with half of a surrogate pair, written as an escape.
            throw new InvalidDataException($"the header holds text that is not Unicode: {e.Message}");
        }
        places.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        return places;
    }

    private static void ParseMetadata(JsonElement element, IDictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"'{SafeTensorsHeader.Metadata}' is not an object.");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            metadata[property.Name] = property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw new InvalidDataException($"'{SafeTensorsHeader.Metadata}' maps '{property.Name}' to something other than text.");
        }
    }

    private static Place ParseTensor(string name, JsonElement element, long dataLength)
    {
        if (element.ValueKind != JsonValueKind.Object || element.GetPropertyCount() != 3
            || !element.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out JsonElement sizes) || sizes.ValueKind != JsonValueKind.Array
            || !element.TryGetProperty("data_offsets", out JsonElement offsets)
            || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2)
        {
            throw new InvalidDataException($"tensor '{name}' is not described by exactly 'dtype', 'shape' and two 'data_offsets'.");
        }
        int elementSize = type.GetString() switch
        {
            "F32" => sizeof(float),
            "F64" => sizeof(double),
            { } other => throw new InvalidDataException($"tensor '{name}' has elements of type '{other}'; F32 and F64 are supported. "
                + "Convert it, as in tensor.float(), before it is written."),
            null => throw new InvalidDataException($"tensor '{name}' has no element type."),
        };
        Shape shape = ParseShape(name, sizes);
        long begin = Number(name, "data_offsets", offsets[0]), end = Number(name, "data_offsets", offsets[1]);
        if (begin > end || end > dataLength)
        {
            throw new InvalidDataException($"tensor '{name}' lies from byte {begin} to {end} of {dataLength}. The file is truncated or "
                + "damaged.");
        }

        if (end - begin != (long)shape.Count * elementSize)
        {
            throw new InvalidDataException($"tensor '{name}' of shape {shape} needs {(long)shape.Count * elementSize} bytes, but lies "
                + $"from {begin} to {end}.");
        }

        return new Place(name, shape, elementSize, begin, end);
    }

    private static Shape ParseShape(string name, JsonElement sizes)
    {
        if (sizes.GetArrayLength() > Shape.MaxRank)
        {
            throw new InvalidDataException($"tensor '{name}' has {sizes.GetArrayLength()} axes; at most {Shape.MaxRank} are supported.");
        }

        List<int> shape = [];
        foreach (JsonElement size in sizes.EnumerateArray())
        {
            long value = Number(name, "shape", size);
            shape.Add(value <= int.MaxValue ? (int)value : throw new InvalidDataException($"tensor '{name}' has an axis of size {value}; "
                + $"at most {int.MaxValue} elements are supported."));
        }
        try
        {
            return new Shape([.. shape]);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"tensor '{name}': {e.Message}");
        }
    }

    private static long Number(string name, string property, JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) && value >= 0
            ? value
            : throw new InvalidDataException($"tensor '{name}' has {element.GetRawText()} in its '{property}'; whole numbers from 0 on "
                + "are needed.");

    private static void CheckThatPlacesTile(List<Place> places, long dataLength)
    {
        long position = 0;
        foreach (Place place in places)
        {
            if (place.Begin != position)
            {
                throw new InvalidDataException($"tensor '{place.Name}' begins at byte {place.Begin}, the one before ends at {position}: "
                    + "tensors must neither overlap nor leave holes.");
            }

            position = place.End;
        }
        if (position != dataLength)
        {
            throw new InvalidDataException($"the last {dataLength - position} bytes belong to no tensor.");
        }
    }

    private static void Verify(SafeTensors file, string expected)
    {
        string actual = SafeTensorsChecksum.Compute(file);
        if (actual != expected)
        {
            throw new InvalidDataException($"its content does not match its checksum (SHA-256 {actual}, expected {expected}): the file is "
                + $"damaged, or was edited by a program that kept the metadata '{SafeTensorsHeader.Checksum}'. Restore it from a copy; "
                + "or, if the edit was meant, load it without verifying the checksum and save it again.");
        }
    }

    private readonly record struct Place(string Name, Shape Shape, int ElementSize, long Begin, long End);
}
