namespace Autodiff.Kernels;

/// <summary>Where the elements that windows see lie, as a kernel argument: element (channel, down, across) of the window at (image, row, column).</summary>
/// <remarks>It is image element [image, channel, row · StrideDown - PaddingDown + down · DilationDown, ...], 0 beyond the borders. Paddings and dilations may be negative.</remarks>
internal struct WindowGeometry
{
    /// <summary>The number of windows in all, and of elements that each sees.</summary>
    public int Count, Seen;

    /// <summary>The windows of an image, and of a row of windows.</summary>
    public Divisor PerImage, PerRow;

    /// <summary>The elements that a window sees of a channel, and in a row.</summary>
    public Divisor PerChannel, Across;

    /// <summary>The sizes of a channel, and the elements of an image.</summary>
    public int Height, Width, ImageStep;

    /// <summary>How windows slide.</summary>
    public int StrideDown, StrideAcross, PaddingDown, PaddingAcross, DilationDown, DilationAcross;

    /// <summary>Where the images begin.</summary>
    public int Start;

    /// <param name="images">The shape of what windows slide over.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="height">The windows down.</param>
    /// <param name="width">The windows across.</param>
    /// <param name="rows">How windows slide down.</param>
    /// <param name="columns">How they slide across.</param>
    public WindowGeometry(Shape images, int start, int height, int width, SlidingWindow rows, SlidingWindow columns)
    {
        (Count, Seen) = (images[0] * height * width, images[1] * rows.Size * columns.Size);
        (PerImage, PerRow) = (new Divisor(height * width), new Divisor(width));
        (PerChannel, Across) = (new Divisor(rows.Size * columns.Size), new Divisor(columns.Size));
        (Height, Width, ImageStep, Start) = (images[2], images[3], images[1] * images[2] * images[3], start);
        (StrideDown, PaddingDown, DilationDown) = (rows.Stride, rows.Padding, rows.Dilation);
        (StrideAcross, PaddingAcross, DilationAcross) = (columns.Stride, columns.Padding, columns.Dilation);
    }
}
