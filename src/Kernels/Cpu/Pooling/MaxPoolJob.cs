using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The largest element that each window sees, and where it lies in its plane; see <see cref="Device.MaxPool{T}"/>.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TPlace">A whole number as wide as an element: <see cref="int"/> or <see cref="long"/>.</typeparam>
internal readonly unsafe struct MaxPoolJob<T, TPlace>(T* x, Shape images, T* y, int* places, SlidingWindow rows, SlidingWindow columns) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TPlace : unmanaged, IBinaryInteger<TPlace>
{
    private const int Grain = 1 << 14;

    private readonly T* _x = x, _y = y;
    private readonly int* _places = places;
    private readonly PooledLine<T> _line = new(columns, images[3]);
    private readonly int _outputHeight = rows.Outputs(images[2]);

    /// <summary>Does all.</summary>
    public void Run()
    {
        MaxPoolJob<T, TPlace> job = this;
        int units = images[0] * images[1] * _outputHeight;
        long work = (long)units * _line.Outputs * rows.Size * columns.Size;
        Workers.Run(ref job, Math.Min(units, Workers.Parts(work, Grain)));
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int height = images[2], width = images[3], units = images[0] * images[1] * _outputHeight;
        int end = (int)((long)units * (part + 1) / parts);
        long room = Math.Min(rows.Size, height) * (long)_line.Count;
        T* lines = Scratch.Small<T>(room + columns.Size);
        int* taps = (int*)(lines + room);
        _line.Taps(taps);
        for (int unit = (int)((long)units * part / parts); unit < end; unit++)
        {
            int first = unit % _outputHeight * rows.Stride - rows.Padding;
            int top = Math.Max(0, first), bottom = Math.Min(height, first + rows.Size);
            T* plane = _x + unit / _outputHeight * ((nint)height * width), y = _y + (nint)unit * _line.Outputs;
            int* place = _places == null ? null : _places + (nint)unit * _line.Outputs;
            if (_line.IsShort)
            {
                Few(plane, top, bottom, y, place);
                continue;
            }
            for (int row = top; row < bottom; row++)
            {
                _line.Cut(plane + (nint)row * width, T.NegativeInfinity, lines + (row - top) * _line.Count);
            }

            if (place == null)
            {
                Largest(lines, taps, bottom - top, y);
            }
            else
            {
                Places(lines, taps, top, bottom, y, place);
            }
        }
    }

    /// <summary>A row of windows, as many at a time as a register holds, without the places.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Largest(T* lines, int* taps, int count, T* y)
    {
        int lanes = Vector256<T>.Count, size = columns.Size, outputs = _line.Outputs;
        nint step = _line.Count;
        T* rest = stackalloc T[lanes];
        for (int j = 0; j < outputs; j += lanes)
        {
            var largest = Vector256.Create(T.NegativeInfinity);
            T* line = lines + j;
            for (int row = 0; row < count; row++, line += step)
            {
                for (int k = 0; k < size; k++)
                {
                    Vector256<T> value = Vector256.Load(line + taps[k]);
                    largest = Vector256.ConditionalSelect(IsBetter(value, largest), value, largest);
                }
            }
            Store(largest, y + j, outputs - j, rest);
        }
    }

    /// <summary>A row of windows with the places. What is beyond the border is smaller than anything, and never chosen.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Places(T* lines, int* taps, int top, int bottom, T* y, int* place)
    {
        int lanes = Vector256<T>.Count, width = images[3], size = columns.Size, outputs = _line.Outputs;
        nint step = _line.Count;
        T* rest = stackalloc T[lanes];
        for (int j = 0; j < outputs; j += lanes)
        {
            Vector256<TPlace> seen = Vector256<TPlace>.Indices * TPlace.CreateTruncating(columns.Stride)
                + Vector256.Create(TPlace.CreateTruncating(j * columns.Stride - columns.Padding));
            var largest = Vector256.Create(T.NegativeInfinity);
            Vector256<TPlace> best = Vector256.Max(seen, default) + Vector256.Create(TPlace.CreateTruncating(top * width));
            T* line = lines + j;
            for (int row = top; row < bottom; row++, line += step)
            {
                Vector256<TPlace> at = seen + Vector256.Create(TPlace.CreateTruncating(row * width));
                for (int k = 0; k < size; k++)
                {
                    Vector256<T> value = Vector256.Load(line + taps[k]), isBetter = IsBetter(value, largest);
                    largest = Vector256.ConditionalSelect(isBetter, value, largest);
                    best = Vector256.ConditionalSelect(isBetter.As<T, TPlace>(), at, best);
                    at += Vector256<TPlace>.One;
                }
            }
            Store(largest, y + j, outputs - j, rest);
            Store(best, place + j, outputs - j, (TPlace*)rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> IsBetter(Vector256<T> value, Vector256<T> largest) => Vector256.GreaterThan(value, largest) | Vector256.IsNaN(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<T> values, T* target, int count, T* rest)
    {
        if (count >= Vector256<T>.Count)
        {
            values.Store(target);
            return;
        }
        values.Store(rest);
        for (int i = 0; i < count; i++)
        {
            target[i] = rest[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<TPlace> places, int* target, int count, TPlace* rest)
    {
        if (typeof(TPlace) == typeof(int) && count >= Vector256<TPlace>.Count)
        {
            places.AsInt32().Store(target);
            return;
        }
        places.Store(rest);
        for (int i = 0; i < Math.Min(count, Vector256<TPlace>.Count); i++)
        {
            target[i] = int.CreateTruncating(rest[i]);
        }
    }

    /// <summary>A row of windows, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Few(T* plane, int top, int bottom, T* y, int* place)
    {
        int width = images[3];
        for (int j = 0; j < _line.Outputs; j++)
        {
            int first = j * columns.Stride - columns.Padding, left = Math.Max(0, first), right = Math.Min(width, first + columns.Size);
            int best = top * width + left;
            T largest = plane[best];
            for (int row = top; row < bottom; row++)
            {
                for (int at = row * width + left; at < row * width + right; at++)
                {
                    if (plane[at] > largest || T.IsNaN(plane[at]))
                    {
                        (largest, best) = (plane[at], at);
                    }
                }
            }
            y[j] = largest;
            if (place != null)
            {
                place[j] = best;
            }
        }
    }
}
