using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Writes <see cref="PhasedImages{T}"/>, but for the phases that no element of a window lies in.</summary>
/// <param name="source">[images, channels, rows, columns].</param>
/// <param name="shape">Their sizes.</param>
/// <param name="target">[images, phases down, phases across, channels, rows, columns].</param>
/// <param name="rows">The windows along rows.</param>
/// <param name="columns">The windows along columns.</param>
/// <param name="height">The rows of a phase.</param>
/// <param name="width">The columns of a phase.</param>
internal readonly unsafe struct PhaseJob<T>(T* source, Shape shape, T* target, SlidingWindow rows, SlidingWindow columns, int height, int width) : IParallelJob
    where T : unmanaged
{
    private const int Grain = 1 << 14;

    private readonly T* _source = source, _target = target;

    private int Planes => shape[0] * rows.Stride * columns.Stride * shape[1];

    /// <summary>Does all.</summary>
    public void Run()
    {
        PhaseJob<T> job = this;
        Workers.Run(ref job, Math.Min(Planes, Workers.Parts((long)Planes * height * width, Grain)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int part, int parts)
    {
        int channels = shape[1], rowsThere = shape[2], columnsThere = shape[3], down = rows.Stride, across = columns.Stride, lines = height, length = width;
        int end = (int)((long)Planes * (part + 1) / parts);
        for (int plane = (int)((long)Planes * part / parts); plane < end; plane++)
        {
            int phase = plane / channels % (down * across), image = plane / channels / (down * across);
            if (!Sees(rows, phase / across) || !Sees(columns, phase % across))
            {
                continue;
            }

            T* from = _source + ((nint)image * channels + plane % channels) * rowsThere * columnsThere, to = _target + (nint)plane * lines * length;
            // The columns that do not lie in the border: 0 to columnsThere - 1 of the source.
            int shift = phase % across - columns.Padding, first = Math.Min(length, shift >= 0 ? 0 : (-shift + across - 1) / across);
            int last = shift >= columnsThere ? first : Math.Clamp((columnsThere - 1 - shift) / across + 1, first, length);
            from += shift + (nint)first * across;
            int row = phase / across - rows.Padding;
            for (int i = 0; i < lines; i++, row += down, to += length)
            {
                if (row < 0 || row >= rowsThere)
                {
                    new Span<T>(to, length).Clear();
                    continue;
                }
                Line.Fill(default, to, first);
                Line.Take(from + (nint)row * columnsThere, across, last - first, to + first);
                Line.Fill(default, to + last, length - last);
            }
        }
    }

    private static bool Sees(SlidingWindow window, int phase)
    {
        for (int i = 0; i < Math.Min(window.Size, window.Stride); i++)
        {
            if ((int)((long)i * window.Dilation % window.Stride) == phase)
            {
                return true;
            }
        }
        return false;
    }
}
