namespace Autodiff.Kernels;

/// <summary>How a window moves along an axis: output i sees the elements i · Stride - Padding + j · Dilation for j from 0 to Size - 1.</summary>
/// <param name="Size">The number of elements that are seen, at least 1.</param>
/// <param name="Stride">How far it moves from output to output, at least 1.</param>
/// <param name="Padding">How many elements are put before and after the axis.</param>
/// <param name="Dilation">How far apart the elements are that are seen, at least 1.</param>
public readonly record struct SlidingWindow(int Size, int Stride = 1, int Padding = 0, int Dilation = 1)
{
    /// <summary>The length of axis that the window covers.</summary>
    public int Extent => (Size - 1) * Dilation + 1;

    /// <summary>How many outputs an axis gives; less than 1 where the window does not fit.</summary>
    public int Outputs(int length)
    {
        long room = length + 2L * Padding - ((Size - 1L) * Dilation + 1);
        return room < 0 ? 0 : (int)(room / Stride + 1);
    }
}
