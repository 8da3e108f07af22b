using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Loads slices of the matrix [elements of a window, windows] straight from the images, or of its transpose: nothing is written out (implicit GEMM).</summary>
/// <remarks>A thread's four elements are the same element of four windows that follow each other; the windows are the kept or the summed axis.</remarks>
internal struct WindowLoader<T, TMajor> : ITileLoader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TMajor : struct, IMajor
{
    private readonly WindowGeometry _windows;
    private readonly int _shared, _stride, _summedEnd;
    private readonly bool _takesPart;
    private int _window, _element;

    /// <param name="number">The number of the four elements within the slice.</param>
    /// <param name="width">The kept size of a slice.</param>
    /// <param name="windows">What windows see.</param>
    /// <param name="firstKept">The kept index at which the tile begins.</param>
    /// <param name="firstSummed">The summed index at which the chunk begins.</param>
    /// <param name="summedEnd">The one at which it ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WindowLoader(int number, int width, WindowGeometry windows, int firstKept, int firstSummed, int summedEnd)
    {
        uint perLine = TMajor.SummedIsContiguous ? TileSlice.Depth / 4u : (uint)width / 4;
        int line = (int)((uint)number / perLine), within = (int)((uint)number % perLine) * 4;
        int kept = TMajor.SummedIsContiguous ? line : within, summed = TMajor.SummedIsContiguous ? within : line;
        _windows = windows;
        _window = TMajor.SummedIsContiguous ? firstSummed + summed : firstKept + kept;
        _element = TMajor.SummedIsContiguous ? firstKept + kept : firstSummed + summed;
        _stride = TileSlice.Stride(width);
        _shared = summed * _stride + kept;
        _summedEnd = summedEnd;
        _takesPart = number < width * TileSlice.Depth / 4;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Four<T> Read(ArrayView<T> factor)
    {
        var v = new Four<T>();
        int windowEnd = TMajor.SummedIsContiguous ? _summedEnd : _windows.Count, elementEnd = TMajor.SummedIsContiguous ? _windows.Seen : _summedEnd;
        bool inside = _takesPart && _window < windowEnd && _element < elementEnd;
        if (inside)
        {
            uint channel = _windows.PerChannel.Divide((uint)_element), rest = (uint)_element - channel * _windows.PerChannel.Value;
            uint down = _windows.Across.Divide(rest), across = rest - down * _windows.Across.Value;
            uint image = _windows.PerImage.Divide((uint)_window), place = (uint)_window - image * _windows.PerImage.Value;
            uint row = _windows.PerRow.Divide(place), column = place - row * _windows.PerRow.Value;
            int start = _windows.Start + (int)image * _windows.ImageStep + (int)channel * _windows.Height * _windows.Width;
            int top = (int)row * _windows.StrideDown - _windows.PaddingDown + (int)down * _windows.DilationDown;
            int left = (int)column * _windows.StrideAcross - _windows.PaddingAcross + (int)across * _windows.DilationAcross;
            // Where the next window begins a row or an image.
            int fromLeft = left - (int)column * _windows.StrideAcross, fromTop = top - (int)row * _windows.StrideDown;
            v.X = Element(factor, start, top, left);
            Advance(ref start, ref top, ref left, ref row, ref column, fromTop, fromLeft);
            if (_window + 1 < windowEnd)
            {
                v.Y = Element(factor, start, top, left);
            }

            Advance(ref start, ref top, ref left, ref row, ref column, fromTop, fromLeft);
            if (_window + 2 < windowEnd)
            {
                v.Z = Element(factor, start, top, left);
            }

            Advance(ref start, ref top, ref left, ref row, ref column, fromTop, fromLeft);
            if (_window + 3 < windowEnd)
            {
                v.W = Element(factor, start, top, left);
            }
        }
        if (TMajor.SummedIsContiguous)
        {
            _window += TileSlice.Depth;
        }
        else
        {
            _element += TileSlice.Depth;
        }

        return v;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write(ArrayView<Four<T>> shared, int slice, Four<T> v)
    {
        if (_takesPart)
        {
            TileSlice.Write<T, TMajor>(shared, slice + _shared, _stride, v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Element(ArrayView<T> factor, int start, int row, int column)
    {
        T value = T.Zero;
        if ((uint)row < (uint)_windows.Height && (uint)column < (uint)_windows.Width)
        {
            value = factor[start + row * _windows.Width + column];
        }

        return value;
    }

    /// <summary>Moves on to the next window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Advance(ref int start, ref int top, ref int left, ref uint row, ref uint column, int fromTop, int fromLeft)
    {
        column++;
        left += _windows.StrideAcross;
        if (column == _windows.PerRow.Value)
        {
            column = 0;
            left = fromLeft;
            row++;
            top += _windows.StrideDown;
            if (row * _windows.PerRow.Value == _windows.PerImage.Value)
            {
                row = 0;
                top = fromTop;
                start += _windows.ImageStep;
            }
        }
    }
}
