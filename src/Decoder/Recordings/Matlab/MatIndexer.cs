using System.Text;

namespace Decoder.Recordings.Matlab;

/// <summary>
/// Lists the arrays in a top-level element of a MAT-file, those in structs and cells included, and skips their numbers. What a file claims is checked before
/// it is believed, and nesting, names and the number of arrays are bounded: memory does not depend on what the file says.
/// </summary>
internal sealed class MatIndexer(string path, List<MatNode> nodes)
{
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 100_000;
    private const int MaximumNameBytes = 1 << 16;
    private const int MaximumDimensions = 32;
    private const int MaximumTextBytes = 256;

    /// <summary>Lists an array and what it contains.</summary>
    /// <param name="reader">Behind the tag of the array.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="element">The top-level element it is in.</param>
    /// <param name="isListedOnly">Whether the array alone is to be listed, as one that cannot be read, and the rest of the element is left.</param>
    public void Index(MatElementReader reader, MatTag tag, MatElement element, bool isListedOnly = false) =>
        Index(reader, tag, element, name: null, depth: 0, isListedOnly);

    private void Index(MatElementReader reader, MatTag tag, MatElement element, string? name, int depth, bool isListedOnly)
    {
        if (depth > MaximumDepth)
        {
            throw new RecordingException($"{path}: structs and cells are nested more than {MaximumDepth} deep. This is not a recording.");
        }

        if (tag.Type != MatDataType.Matrix)
        {
            throw reader.Damaged($"an element of type {(int)tag.Type} at byte {reader.Position} is not an array");
        }

        if (tag.Bytes == 0)
        {
            Add(new ArrayEntry(name ?? "", "double", [0, 0], IsReadable: false, "empty"), null, 0, element);
            return;
        }

        var limit = reader.Position + tag.Bytes;
        var flags = ReadFlags(reader, limit);
        var matClass = (MatClass)(flags & 0xff);
        if (matClass == MatClass.Opaque)
        {
            Add(new ArrayEntry(name ?? ReadName(reader, limit), "object", null, IsReadable: false, "an object; save its numbers as arrays"), null, 0, element);
            reader.SkipTo(tag.End);
            return;
        }

        var shape = ReadShape(reader, limit);
        var ownName = ReadName(reader, limit);
        name ??= ownName;
        if (isListedOnly)
        {
            Add(new ArrayEntry(name, matClass.ToString().ToLowerInvariant(), shape, IsReadable: false, "packed tighter than any measurement"), null, 0, element);
            return;
        }

        switch (matClass)
        {
            case MatClass.Cell:
                Add(new ArrayEntry(name, "cell", shape, IsReadable: false), null, 0, element);
                IndexCells(reader, limit, element, name, shape, depth);
                break;
            case MatClass.Struct:
                Add(new ArrayEntry(name, "struct", shape, IsReadable: false), null, 0, element);
                IndexFields(reader, limit, element, name, shape, depth);
                break;
            case MatClass.Char:
                Add(new ArrayEntry(name, "char", shape, IsReadable: false, ReadText(reader, limit)), null, 0, element);
                break;
            case MatClass.Sparse:
                Add(new ArrayEntry(name, "sparse", shape, IsReadable: false, "sparse; save full(x)"), null, 0, element);
                break;
            case MatClass.Object:
                Add(new ArrayEntry(name, "object", shape, IsReadable: false, "an object; save its numbers as arrays"), null, 0, element);
                break;
            case MatClass.FunctionHandle:
                Add(new ArrayEntry(name, "function", shape, IsReadable: false), null, 0, element);
                break;
            case >= MatClass.Double and <= MatClass.UInt64:
                IndexNumbers(reader, limit, element, name, shape, matClass, flags);
                break;
            default:
                throw reader.Damaged($"array '{name}' is of class {(int)matClass}, which is unknown");
        }

        reader.SkipTo(tag.End);
    }

    private void IndexNumbers(MatElementReader reader, long limit, MatElement element, string name, long[] shape, MatClass matClass, uint flags)
    {
        const uint Complex = 0x0800;
        const uint Logical = 0x0200;
        var data = reader.ReadTag(limit);

        // MATLAB stores numbers in the smallest type that holds them all, whatever the class of the array is.
        (ElementKind Kind, int Size) type = data.Type switch
        {
            MatDataType.Int8 => (ElementKind.SignedInteger, 1),
            MatDataType.UInt8 => (ElementKind.UnsignedInteger, 1),
            MatDataType.Int16 => (ElementKind.SignedInteger, 2),
            MatDataType.UInt16 => (ElementKind.UnsignedInteger, 2),
            MatDataType.Int32 => (ElementKind.SignedInteger, 4),
            MatDataType.UInt32 => (ElementKind.UnsignedInteger, 4),
            MatDataType.Single => (ElementKind.Float, 4),
            MatDataType.Double => (ElementKind.Float, 8),
            MatDataType.Int64 => (ElementKind.SignedInteger, 8),
            MatDataType.UInt64 => (ElementKind.UnsignedInteger, 8),
            _ => throw reader.Damaged($"the numbers of array '{name}' are of type {(int)data.Type}, which is none of numbers"),
        };
        var isLogical = (flags & Logical) != 0;
        if (isLogical && type.Size == 1)
        {
            type.Kind = ElementKind.Boolean;
        }

        ArrayLayout layout;
        try
        {
            layout = new ArrayLayout(type.Kind, type.Size, reader.IsBigEndian, IsColumnMajor: true, shape);
        }
        catch (OverflowException)
        {
            throw reader.Damaged($"array '{name}' has shape {ArrayLayout.FormatShape(shape)}, more than can be counted");
        }

        if (layout.DataBytes != data.Bytes)
        {
            throw reader.Damaged($"array '{name}' has shape {layout.ShapeText}, {layout.DataBytes} bytes, but holds {data.Bytes}");
        }

        var isComplex = (flags & Complex) != 0;
        var typeName = isLogical ? "logical" : matClass.ToString().ToLowerInvariant();
        var entry = new ArrayEntry(
            name, isComplex ? "complex " + typeName : typeName, shape, IsReadable: !isComplex && layout.Count > 0,
            isComplex ? "complex; save real(x) or abs(x)" : null);
        Add(entry, layout, reader.Position, element);
    }

    private void IndexCells(MatElementReader reader, long limit, MatElement element, string name, long[] shape, int depth)
    {
        var count = CountChildren(reader, limit, shape, 1, name);
        for (var i = 0L; i < count; i++)
        {
            Index(reader, reader.ReadTag(limit), element, $"{name}{{{i + 1}}}", depth + 1, isListedOnly: false);
        }
    }

    private void IndexFields(MatElementReader reader, long limit, MatElement element, string name, long[] shape, int depth)
    {
        var lengthTag = reader.ReadTag(limit);
        if (lengthTag is not { Type: MatDataType.Int32, Bytes: 4 })
        {
            throw reader.Damaged($"struct '{name}' has no length of its field names");
        }

        var length = reader.ReadUInt32(limit);
        reader.SkipTo(lengthTag.End);
        var namesTag = reader.ReadTag(limit);
        if (length is < 1 or > 1024 || namesTag.Bytes % length != 0 || namesTag.Bytes > MaximumNameBytes)
        {
            throw reader.Damaged($"the field names of struct '{name}' take {namesTag.Bytes} bytes, {length} each");
        }

        var bytes = new byte[namesTag.Bytes];
        reader.Read(bytes);
        reader.SkipTo(namesTag.End);
        var fields = new string[bytes.Length / length];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Name(bytes.AsSpan((int)(i * length), (int)length));
        }

        if (fields.Length == 0)
        {
            return;
        }

        var elements = CountChildren(reader, limit, shape, fields.Length, name) / fields.Length;
        for (var i = 0L; i < elements; i++)
        {
            var owner = elements == 1 ? name : $"{name}({i + 1})";
            foreach (var field in fields)
            {
                Index(reader, reader.ReadTag(limit), element, $"{owner}/{field}", depth + 1, isListedOnly: false);
            }
        }
    }

    /// <summary>How many arrays a container has, after making sure that there is room for them: each takes 8 bytes at least.</summary>
    private static long CountChildren(MatElementReader reader, long limit, long[] shape, int fields, string name)
    {
        try
        {
            var count = checked(ArrayLayout.CountOf(shape, 1) * fields);
            if (count <= (limit - reader.Position) / 8)
            {
                return count;
            }
        }
        catch (OverflowException)
        {
        }

        throw reader.Damaged($"'{name}' of shape {ArrayLayout.FormatShape(shape)} claims more arrays than fit into it");
    }

    private static uint ReadFlags(MatElementReader reader, long limit)
    {
        var tag = reader.ReadTag(limit);
        if (tag is not { Type: MatDataType.UInt32, Bytes: 8 })
        {
            throw reader.Damaged($"an array before byte {reader.Position} does not begin with its flags");
        }

        var flags = reader.ReadUInt32(limit);
        reader.SkipTo(tag.End);
        return flags;
    }

    private static long[] ReadShape(MatElementReader reader, long limit)
    {
        var tag = reader.ReadTag(limit);
        if (tag.Type != MatDataType.Int32 || tag.Bytes % 4 != 0 || tag.Bytes is 0 or > 4 * MaximumDimensions)
        {
            throw reader.Damaged($"an array before byte {reader.Position} has no dimensions");
        }

        var shape = new long[tag.Bytes / 4];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = (int)reader.ReadUInt32(limit);
            if (shape[i] < 0)
            {
                throw reader.Damaged($"dimension {i + 1} of an array is {shape[i]}");
            }
        }

        reader.SkipTo(tag.End);
        return shape;
    }

    private static string ReadName(MatElementReader reader, long limit)
    {
        var tag = reader.ReadTag(limit);
        if (tag.Type is not (MatDataType.Int8 or MatDataType.UInt8 or MatDataType.Utf8) || tag.Bytes > MaximumNameBytes)
        {
            throw reader.Damaged($"an array before byte {reader.Position} has no name");
        }

        var bytes = new byte[tag.Bytes];
        reader.Read(bytes);
        reader.SkipTo(tag.End);
        return Name(bytes);
    }

    /// <summary>A name up to its terminating zero. Control characters would end up on somebody's terminal.</summary>
    private static string Name(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return WithoutControls(Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]));
    }

    private static string? ReadText(MatElementReader reader, long limit)
    {
        var tag = reader.ReadTag(limit);
        Encoding? encoding = tag.Type switch
        {
            MatDataType.Int8 or MatDataType.UInt8 => Encoding.Latin1,
            MatDataType.Utf8 => Encoding.UTF8,
            MatDataType.UInt16 or MatDataType.Utf16 => reader.IsBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode,
            _ => null,
        };
        if (encoding is null || tag.Bytes > MaximumTextBytes)
        {
            return null;
        }

        var bytes = new byte[tag.Bytes];
        reader.Read(bytes);
        return $"'{WithoutControls(encoding.GetString(bytes))}'";
    }

    private static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private void Add(ArrayEntry entry, ArrayLayout? layout, long offset, MatElement element)
    {
        if (nodes.Count == MaximumNodes)
        {
            throw new RecordingException($"{path}: more than {MaximumNodes} arrays in structs and cells. This is not a recording; save the arrays that are needed.");
        }

        // The workspace of functions, which MATLAB hides in a variable without a name.
        if (entry.Name.Length > 0)
        {
            nodes.Add(new MatNode(entry, layout, offset, element));
        }
    }
}
