namespace Decoder.Recordings;

/// <summary>Kind of an element of a stored array.</summary>
internal enum ElementKind
{
    Boolean,
    SignedInteger,
    UnsignedInteger,
    Float,
}

/// <summary>How the elements of an array lie in a file.</summary>
/// <param name="Kind">Kind of the elements.</param>
/// <param name="ItemSize">Bytes of an element.</param>
/// <param name="IsBigEndian">Whether the elements are in big-endian order.</param>
/// <param name="IsColumnMajor">Whether the first index varies fastest, as in Fortran and MATLAB.</param>
/// <param name="Shape">Dimensions; empty for a scalar.</param>
internal sealed record ArrayLayout(ElementKind Kind, int ItemSize, bool IsBigEndian, bool IsColumnMajor, long[] Shape)
{
    /// <summary>Number of elements.</summary>
    /// <exception cref="OverflowException">There are more than can be counted.</exception>
    public long Count { get; } = CountOf(Shape, ItemSize);

    /// <summary>Bytes of all elements.</summary>
    public long DataBytes => Count * ItemSize;

    /// <summary>The shape as Python writes it: (360, 23589).</summary>
    public string ShapeText => FormatShape(Shape);

    /// <summary>The type as NumPy calls it: float32.</summary>
    public string TypeName => Kind switch
    {
        ElementKind.Boolean => "bool",
        ElementKind.SignedInteger => $"int{8 * ItemSize}",
        ElementKind.UnsignedInteger => $"uint{8 * ItemSize}",
        _ => $"float{8 * ItemSize}",
    };

    /// <summary>Number of elements of a shape.</summary>
    /// <exception cref="OverflowException">There are more bytes than can be counted.</exception>
    public static long CountOf(ReadOnlySpan<long> shape, int itemSize)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            count = checked(count * dimension);
        }

        _ = checked(count * itemSize);
        return count;
    }

    /// <summary>A shape as Python writes it.</summary>
    public static string FormatShape(ReadOnlySpan<long> shape) =>
        shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";

    /// <summary>The same bytes with rows taken for columns: no element moves.</summary>
    public ArrayLayout Transposed() => this with { Shape = [.. Shape.Reverse()], IsColumnMajor = !IsColumnMajor };
}
