using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// What average pooling passes back: to each element the sum of the gradients of the windows that see it, times a scale; rows of windows
/// first, then along them. See <see cref="Device.AveragePoolGradient{T}"/>.
/// </summary>
internal readonly unsafe struct AveragePoolGradientJob<T>(T* gradient, T* x, Shape images, SlidingWindow rows, SlidingWindow columns, T scale) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 14;

    private readonly T* _gradient = gradient, _x = x;
    private readonly int _outputHeight = rows.Outputs(images[2]), _outputWidth = columns.Outputs(images[3]);

    // The elements of a phase: of those that windows see every s-th; and how many windows before the last one see an element.
    private int Length => (images[3] - 1 + columns.Padding) / columns.Stride + 1;

    private int Before => (columns.Size - 1) / columns.Stride;

    /// <summary>Does all.</summary>
    public void Run()
    {
        AveragePoolGradientJob<T> job = this;
        int units = images[0] * images[1] * images[2];
        Workers.Run(ref job, Math.Min(units, Workers.Parts((long)units * images[3] * ((rows.Size - 1) / rows.Stride + 1), Grain)));
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int height = images[2], width = images[3], units = images[0] * images[1] * height, lanes = Vector256<T>.Count;
        int end = (int)((long)units * (part + 1) / parts);
        // The sums with a border of zeros, as far as whole registers reach, and a phase.
        int count = Before + Math.Max(_outputWidth, Length) + lanes;
        T* line = Scratch.Small<T>(count + Length + lanes), sums = line + Before, phase = line + count;
        new Span<T>(line, count).Clear();
        for (int unit = (int)((long)units * part / parts); unit < end; unit++)
        {
            T* gradients = _gradient + unit / height * ((nint)_outputHeight * _outputWidth), x = _x + (nint)unit * width;
            int place = unit % height + rows.Padding, last = Math.Min(_outputHeight - 1, place / rows.Stride);
            int first = place < rows.Size ? 0 : (place - rows.Size) / rows.Stride + 1;
            if (first > last)
            {
                new Span<T>(x, width).Clear();
                continue;
            }
            new ReadOnlySpan<T>(gradients + (nint)first * _outputWidth, _outputWidth).CopyTo(new Span<T>(sums, _outputWidth));
            for (int row = first + 1; row <= last; row++)
            {
                Line.Add(gradients + (nint)row * _outputWidth, sums, _outputWidth);
            }

            Line.Scale(scale, sums, _outputWidth);
            if (_outputWidth < lanes / 2)
            {
                Few(sums, x);
            }
            else
            {
                Many(sums, phase, x);
            }
        }
    }

    /// <summary>A row of elements, phase by phase: those of one are seen by the same elements of windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Many(T* sums, T* phase, T* x)
    {
        int stride = columns.Stride, size = columns.Size, width = images[3];
        for (int q = 0; q < stride; q++)
        {
            int shift = q - columns.Padding, first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
            int end = shift >= width ? first : (width - 1 - shift) / stride + 1;
            for (int m = first; m < end; m += Vector256<T>.Count)
            {
                Vector256<T> sum = default;
                T* from = sums + m;
                for (int k = q; k < size; k += stride, from--)
                {
                    sum += Vector256.Load(from);
                }

                sum.Store(phase + (m - first));
            }
            Line.Put(phase, end - first, x + ((nint)first * stride + shift), stride);
        }
    }

    /// <summary>A row of elements, window by window.</summary>
    private void Few(T* sums, T* x)
    {
        new Span<T>(x, images[3]).Clear();
        for (int j = 0; j < _outputWidth; j++)
        {
            int first = j * columns.Stride - columns.Padding, left = Math.Max(0, first), right = Math.Min(images[3], first + columns.Size);
            Line.Add(sums[j], x + left, right - left);
        }
    }
}
