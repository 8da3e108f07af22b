namespace Decoder.Recordings;

/// <summary>An array whose elements are in memory already.</summary>
/// <param name="name">What it is called in messages.</param>
/// <param name="shape">Its shape.</param>
/// <param name="element">The element at a place, counted with the last index varying fastest.</param>
internal sealed class MemoryArray(string name, long[] shape, Func<long, float> element)
    : StoredArray(name, new ArrayLayout(ElementKind.Float, sizeof(float), !BitConverter.IsLittleEndian, IsColumnMajor: false, shape))
{
    protected override void Read(Span<float> destination)
    {
        if (!Layout.IsColumnMajor)
        {
            for (var i = 0; i < destination.Length; i++)
            {
                destination[i] = element(i);
            }

            return;
        }

        // Transposed: what were columns are rows.
        var (rows, columns) = (Layout.Shape[0], Layout.Shape[1]);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = element(i % columns * rows + i / columns);
        }
    }
}
