namespace Autodiff.Kernels;

/// <summary>A batch of images with a border: what a convolution without padding runs over.</summary>
/// <remarks>Behind the last image there is room that may be read, so that vectors need not end where it does.</remarks>
/// <param name="Data">The first element.</param>
/// <param name="Channels">The planes of an image.</param>
/// <param name="Height">The rows of a plane.</param>
/// <param name="Width">The columns of a plane.</param>
internal readonly unsafe record struct PlacedImages<T>(nint Data, int Channels, int Height, int Width)
    where T : unmanaged
{
    /// <summary>The elements that may be read behind the last image.</summary>
    private const int Slack = 64;

    /// <summary>The step from plane to plane.</summary>
    public nint Plane => (nint)Height * Width;

    /// <summary>The first element of an image.</summary>
    public T* Image(int image) => (T*)Data + image * Channels * Plane;

    /// <summary>The bytes for some images.</summary>
    /// <param name="images">Their number.</param>
    /// <param name="channels">The planes of an image.</param>
    /// <param name="height">The rows of a plane.</param>
    /// <param name="width">The columns of a plane.</param>
    public static long Bytes(int images, int channels, int height, int width) => ((long)images * channels * height * width + Slack) * sizeof(T);

    /// <summary>Puts images into memory of <see cref="Bytes"/>; see <see cref="PlacementJob{T}"/>.</summary>
    public static PlacedImages<T> Place(
        T* source, int images, int channels, int height, int width, T* memory, PlacementJob<T>.Axis rows, PlacementJob<T>.Axis columns)
    {
        new PlacementJob<T>(source, images * channels, height, width, memory, rows, columns).Run();
        new Span<T>(memory + (nint)images * channels * rows.Length * columns.Length, Slack).Clear();
        return new((nint)memory, channels, rows.Length, columns.Length);
    }
}
