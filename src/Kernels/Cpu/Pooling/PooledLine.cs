using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// A row of a plane as pooling windows see it: with a border, and cut into phases (element m of phase q is element s m + q of the row with its
/// border), so that neighbouring windows see neighbours.
/// </summary>
internal readonly unsafe struct PooledLine<T>
    where T : unmanaged
{
    private readonly SlidingWindow _window;
    private readonly int _width;

    /// <summary>How rows of a width are cut for windows that move along them.</summary>
    public PooledLine(SlidingWindow window, int width)
    {
        (_window, _width) = (window, width);
        Outputs = window.Outputs(width);
        Phases = Math.Min(window.Stride, window.Size);
        Seen = Outputs + (window.Size - 1) / window.Stride;
    }

    /// <summary>The windows of a row.</summary>
    public int Outputs { get; }

    /// <summary>The phases that windows see.</summary>
    public int Phases { get; }

    /// <summary>The step from phase to phase: whole registers are read at each place, whatever lies behind the row.</summary>
    public int Length => Seen + Vector256<T>.Count;

    // The elements of a phase that windows see.
    private int Seen { get; }

    /// <summary>The elements of a row.</summary>
    public nint Count => (nint)Phases * Length;

    /// <summary>Whether a row has too few windows to fill registers with.</summary>
    public bool IsShort => Outputs < Vector256<T>.Count / 2;

    /// <summary>Cuts a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="border">What lies beyond its ends.</param>
    /// <param name="line">Room for <see cref="Count"/> elements.</param>
    public void Cut(T* row, T border, T* line)
    {
        int stride = _window.Stride;
        for (int phase = 0; phase < Phases; phase++, line += Length)
        {
            int shift = phase - _window.Padding;
            int first = Math.Min(Seen, shift >= 0 ? 0 : (-shift + stride - 1) / stride);
            int end = shift >= _width ? first : Math.Clamp((_width - 1 - shift) / stride + 1, first, Seen);
            Line.Fill(border, line, first);
            Line.Take(row + ((nint)first * stride + shift), stride, end - first, line + first);
            Line.Fill(border, line + end, Seen - end);
        }
    }

    /// <summary>Where in a cut row the elements of the first window lie.</summary>
    /// <param name="taps">Room for the size of the window.</param>
    public void Taps(int* taps)
    {
        for (int k = 0; k < _window.Size; k++)
        {
            taps[k] = k % _window.Stride * Length + k / _window.Stride;
        }
    }
}
