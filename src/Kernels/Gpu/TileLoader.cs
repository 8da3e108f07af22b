using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>One thread's part in copying slices of a factor to shared memory: four elements of every slice of <see cref="Depth"/> summands.</summary>
/// <remarks>A slice is stored with the kept index running fastest and four elements of padding per line, so that transposing stores hit different banks.</remarks>
internal struct TileLoader<T, TMajor>
    where T : unmanaged, INumber<T>
    where TMajor : struct, IMajor
{
    /// <summary>The number of summands in a slice.</summary>
    public const int Depth = 8;

    private int _position, _step, _summed, _kept, _shared;
    private bool _takesPart;

    /// <param name="number">The number of the four elements within the slice.</param>
    /// <param name="width">The kept size of a slice.</param>
    /// <param name="start">The position of the first element of the factor.</param>
    /// <param name="leading">The step of the factor along its axis that is not contiguous.</param>
    /// <param name="firstKept">The kept index at which the tile begins.</param>
    /// <param name="firstSummed">The summed index at which the chunk begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileLoader(int number, int width, int start, int leading, int firstKept, int firstSummed)
    {
        uint perLine = TMajor.SummedIsContiguous ? Depth / 4u : (uint)width / 4;
        int line = (int)((uint)number / perLine), within = (int)((uint)number % perLine) * 4;
        int kept = TMajor.SummedIsContiguous ? line : within, summed = TMajor.SummedIsContiguous ? within : line;
        _kept = firstKept + kept;
        _summed = firstSummed + summed;
        _position = start + (TMajor.SummedIsContiguous ? _kept * leading + _summed : _summed * leading + _kept);
        _step = TMajor.SummedIsContiguous ? Depth : Depth * leading;
        _shared = summed * Stride(width) + kept;
        _takesPart = number < width * Depth / 4;
    }

    /// <summary>How far lines of a slice lie apart in shared memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Stride(int width) => width + 4;

    /// <summary>Reads the thread's elements of the next slice; those outside of the factor or the chunk are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Four<T> Read(ArrayView<T> factor, int keptEnd, int summedEnd, bool aligned)
    {
        var v = new Four<T>();
        bool inside = _takesPart && _kept < keptEnd && _summed < summedEnd;
        if (inside)
        {
            if (aligned)
            {
                v = factor.Cast<Four<T>>()[_position >> 2];
            }
            else
            {
                int left = TMajor.SummedIsContiguous ? summedEnd - _summed : keptEnd - _kept;
                v.X = factor[_position];
                if (left > 1)
                    v.Y = factor[_position + 1];
                if (left > 2)
                    v.Z = factor[_position + 2];
                if (left > 3)
                    v.W = factor[_position + 3];
            }
        }
        _position += _step;
        _summed += Depth;
        return v;
    }

    /// <summary>Writes the elements to a slice in shared memory that begins at <paramref name="slice"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write(ArrayView<Four<T>> shared, int slice, int width, Four<T> v)
    {
        if (!_takesPart)
            return;
        int at = slice + _shared;
        if (TMajor.SummedIsContiguous)
        {
            int stride = Stride(width);
            ArrayView<T> lines = shared.Cast<T>().SubView(at, 3 * stride + 1);
            lines[0] = v.X;
            lines[stride] = v.Y;
            lines[2 * stride] = v.Z;
            lines[3 * stride] = v.W;
        }
        else
        {
            shared[at >> 2] = v;
        }
    }
}
