using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Loads slices of a strided factor.</summary>
internal struct TileLoader<T, TMajor> : ITileLoader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TMajor : struct, IMajor
{
    private int _position, _step, _summed, _kept, _shared, _stride, _keptEnd, _summedEnd;
    private bool _takesPart, _isAligned;

    /// <param name="number">The number of the four elements within the slice.</param>
    /// <param name="width">The kept size of a slice.</param>
    /// <param name="stride">How far lines of a slice lie apart in shared memory.</param>
    /// <param name="start">The position of the first element of the factor.</param>
    /// <param name="leading">The step of the factor along its axis that is not contiguous.</param>
    /// <param name="firstKept">The kept index at which the tile begins.</param>
    /// <param name="keptEnd">The kept size of the factor.</param>
    /// <param name="firstSummed">The summed index at which the chunk begins.</param>
    /// <param name="summedEnd">The one at which it ends.</param>
    /// <param name="isAligned">Whether four elements may be read at a time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileLoader(int number, int width, int stride, int start, int leading, int firstKept, int keptEnd, int firstSummed, int summedEnd, bool isAligned)
    {
        uint perLine = TMajor.SummedIsContiguous ? TileSlice.Depth / 4u : (uint)width / 4;
        int line = (int)((uint)number / perLine), within = (int)((uint)number % perLine) * 4;
        int kept = TMajor.SummedIsContiguous ? line : within, summed = TMajor.SummedIsContiguous ? within : line;
        _kept = firstKept + kept;
        _summed = firstSummed + summed;
        _position = start + (TMajor.SummedIsContiguous ? _kept * leading + _summed : _summed * leading + _kept);
        _step = TMajor.SummedIsContiguous ? TileSlice.Depth : TileSlice.Depth * leading;
        _shared = summed * stride + kept;
        _stride = stride;
        _keptEnd = keptEnd;
        _summedEnd = summedEnd;
        _takesPart = number < width * TileSlice.Depth / 4;
        _isAligned = isAligned;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Four<T> Read(ArrayView<T> factor)
    {
        var v = new Four<T>();
        bool inside = _takesPart && _kept < _keptEnd && _summed < _summedEnd;
        if (inside)
        {
            if (_isAligned)
            {
                v = factor.Cast<Four<T>>()[_position >> 2];
            }
            else
            {
                int left = TMajor.SummedIsContiguous ? _summedEnd - _summed : _keptEnd - _kept;
                v.X = factor[_position];
                if (left > 1)
                {
                    v.Y = factor[_position + 1];
                }

                if (left > 2)
                {
                    v.Z = factor[_position + 2];
                }

                if (left > 3)
                {
                    v.W = factor[_position + 3];
                }
            }
        }
        _position += _step;
        _summed += TileSlice.Depth;
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
}
