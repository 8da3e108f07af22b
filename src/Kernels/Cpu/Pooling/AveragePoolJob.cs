using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The sum of what each window sees, times a scale: rows first, then along them; see <see cref="Device.AveragePool{T}"/>.</summary>
internal readonly unsafe struct AveragePoolJob<T>(T* x, Shape images, T* y, SlidingWindow rows, SlidingWindow columns, T scale) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 14;

    private readonly T* _x = x, _y = y;
    private readonly PooledLine<T> _line = new(columns, images[3]);
    private readonly int _outputHeight = rows.Outputs(images[2]);

    /// <summary>Does all.</summary>
    public void Run()
    {
        AveragePoolJob<T> job = this;
        int units = images[0] * images[1] * _outputHeight;
        Workers.Run(ref job, Math.Min(units, Workers.Parts((long)units * images[3] * rows.Size, Grain)));
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int height = images[2], width = images[3], units = images[0] * images[1] * _outputHeight;
        int end = (int)((long)units * (part + 1) / parts);
        T* sums = Scratch.Small<T>(width + (long)_line.Count + columns.Size), line = sums + width;
        int* taps = (int*)(line + _line.Count);
        _line.Taps(taps);
        for (int unit = (int)((long)units * part / parts); unit < end; unit++)
        {
            int first = unit % _outputHeight * rows.Stride - rows.Padding;
            int top = Math.Max(0, first), bottom = Math.Min(height, first + rows.Size);
            T* plane = _x + unit / _outputHeight * ((nint)height * width), seen = plane + (nint)top * width, y = _y + (nint)unit * _line.Outputs;
            if (bottom - top > 1)
            {
                new ReadOnlySpan<T>(seen, width).CopyTo(new Span<T>(sums, width));
                for (int row = top + 1; row < bottom; row++)
                {
                    Line.Add(plane + (nint)row * width, sums, width);
                }

                seen = sums;
            }
            if (_line.IsShort)
            {
                Few(seen, y);
                continue;
            }
            _line.Cut(seen, T.Zero, line);
            Many(line, taps, y);
        }
    }

    /// <summary>A row of windows, as many at a time as a register holds.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Many(T* line, int* taps, T* y)
    {
        int lanes = Vector256<T>.Count, size = columns.Size, outputs = _line.Outputs;
        T* rest = stackalloc T[lanes];
        for (int j = 0; j < outputs; j += lanes)
        {
            Vector256<T> sum = default;
            for (int k = 0; k < size; k++)
            {
                sum += Vector256.Load(line + j + taps[k]);
            }

            sum *= scale;
            if (outputs - j >= lanes)
            {
                sum.Store(y + j);
                continue;
            }
            sum.Store(rest);
            new ReadOnlySpan<T>(rest, outputs - j).CopyTo(new Span<T>(y + j, outputs - j));
        }
    }

    /// <summary>A row of windows, one after the other.</summary>
    private void Few(T* seen, T* y)
    {
        for (int j = 0; j < _line.Outputs; j++)
        {
            int first = j * columns.Stride - columns.Padding, left = Math.Max(0, first), right = Math.Min(images[3], first + columns.Size);
            y[j] = Line.Sum(seen + left, right - left) * scale;
        }
    }
}
