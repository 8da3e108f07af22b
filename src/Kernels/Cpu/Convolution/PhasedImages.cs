namespace Autodiff.Kernels;

/// <summary>
/// A batch of images with a border of zeros, cut into phases: element (i, j) of phase (a, b) is element (s i + a, t j + b) of the image with
/// its border, so that windows that move by strides s and t see, in each phase, elements side by side.
/// </summary>
/// <remarks>Behind the last image there is room that may be read, so that vectors need not end where it does.</remarks>
internal readonly unsafe struct PhasedImages<T>
    where T : unmanaged
{
    // Two of the widest registers.
    private const int Slack = 128;

    private readonly T* _data;
    private readonly int _channels;
    private readonly SlidingWindow _rows, _columns;

    private PhasedImages(T* data, int channels, int height, int width, SlidingWindow rows, SlidingWindow columns)
    {
        _data = data;
        (_channels, Height, Width, _rows, _columns) = (channels, height, width, rows, columns);
    }

    /// <summary>The rows of a phase.</summary>
    public int Height { get; }

    /// <summary>The columns of a phase: the step from row to row.</summary>
    public int Width { get; }

    /// <summary>The step from plane to plane.</summary>
    public nint Plane => (nint)Height * Width;

    /// <summary>The rows or columns that a phase needs.</summary>
    public static int Length(int length, SlidingWindow window) => (length + 2 * window.Padding + window.Stride - 1) / window.Stride;

    /// <summary>The bytes for images.</summary>
    /// <param name="images">[images, channels, ...].</param>
    /// <param name="height">The rows of a phase.</param>
    /// <param name="width">The columns of a phase.</param>
    /// <param name="rows">The stride along rows.</param>
    /// <param name="columns">The stride along columns.</param>
    public static long Bytes(Shape images, int height, int width, SlidingWindow rows, SlidingWindow columns) =>
        ((long)images[0] * images[1] * rows.Stride * columns.Stride * height * width + Slack) * sizeof(T);

    /// <summary>Puts images into memory of <see cref="Bytes"/>.</summary>
    /// <param name="source">The images.</param>
    /// <param name="images">[images, channels, rows, columns].</param>
    /// <param name="memory">Where they go.</param>
    /// <param name="height">The rows of a phase.</param>
    /// <param name="width">The columns of a phase.</param>
    /// <param name="rows">The windows along rows; the padding is the border before the first, negative to leave rows out.</param>
    /// <param name="columns">The windows along columns.</param>
    public static PhasedImages<T> Place(T* source, Shape images, T* memory, int height, int width, SlidingWindow rows, SlidingWindow columns)
    {
        new PhaseJob<T>(source, images, memory, rows, columns, height, width).Run();
        long count = Bytes(images, height, width, rows, columns) / sizeof(T);
        new Span<T>(memory + (nint)count - Slack, Slack).Clear();
        return new(memory, images[1], height, width, rows, columns);
    }

    /// <summary>The first element of an image.</summary>
    public T* Image(int image) => _data + image * (nint)_rows.Stride * _columns.Stride * _channels * Plane;

    /// <summary>Where in an image the elements lie that the first window sees, [channels, rows, columns] of the window.</summary>
    public void Places(int* places)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int i = 0; i < _rows.Size; i++)
            {
                for (int j = 0; j < _columns.Size; j++)
                {
                    int row = i * _rows.Dilation, column = j * _columns.Dilation;
                    int phase = row % _rows.Stride * _columns.Stride + column % _columns.Stride;
                    *places++ = (int)((phase * _channels + channel) * Plane) + row / _rows.Stride * Width + column / _columns.Stride;
                }
            }
        }
    }
}
