namespace Autodiff.Kernels;

/// <summary>
/// Which elements of a gradient the elements of an axis meet. Element i = s u + a of phase a meets the gradient's element u + (a + p - d k) / s
/// through the window's element k, where that is whole: for each phase a convolution with every s-th or so element of the window.
/// </summary>
/// <param name="First">The first of the gradient's elements that is asked for, possibly before its beginning.</param>
/// <param name="Last">The last, possibly behind its end.</param>
internal readonly record struct GradientReach(int First, int Last)
{
    /// <summary>The elements that are asked for.</summary>
    public int Length => Last - First + 1;

    /// <summary>What an axis of the images asks for.</summary>
    public static GradientReach Of(SlidingWindow window, int length)
    {
        int first = int.MaxValue, last = int.MinValue;
        for (int phase = 0; phase < Math.Min(window.Stride, length); phase++)
        {
            for (int element = 0; element < window.Size; element++)
            {
                if (!Meets(window, phase, element, out int offset))
                {
                    continue;
                }

                first = Math.Min(first, offset);
                last = Math.Max(last, offset + Elements(window, phase, length) - 1);
            }
        }
        return first <= last ? new(first, last) : new(0, 0);
    }

    /// <summary>Whether a phase meets the gradient through an element of the window, and where its first element does.</summary>
    public static bool Meets(SlidingWindow window, int phase, int element, out int offset)
    {
        int place = phase + window.Padding - element * window.Dilation;
        offset = place / window.Stride;
        return place % window.Stride == 0;
    }

    /// <summary>The elements of an axis that are in a phase.</summary>
    public static int Elements(SlidingWindow window, int phase, int length) => (length - 1 - phase) / window.Stride + 1;
}
