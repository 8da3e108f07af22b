namespace Autodiff;

/// <summary>A number for each of the two axes of an image: a size, a stride, a padding or a dilation. One number stands for both.</summary>
/// <param name="Height">Along rows, the second last axis.</param>
/// <param name="Width">Along columns, the last axis.</param>
public readonly record struct Extent2d(int Height, int Width)
{
    /// <summary>The same for both axes.</summary>
    public static implicit operator Extent2d(int both) => FromInt32(both);

    /// <summary>Height and width.</summary>
    public static implicit operator Extent2d((int Height, int Width) pair) => FromValueTuple(pair);

    /// <summary>The same for both axes.</summary>
    public static Extent2d FromInt32(int both) => new(both, both);

    /// <summary>Height and width.</summary>
    public static Extent2d FromValueTuple((int Height, int Width) pair) => new(pair.Height, pair.Width);

    /// <summary>As in <c>3 x 5</c>.</summary>
    public override string ToString() => $"{Height} x {Width}";
}
