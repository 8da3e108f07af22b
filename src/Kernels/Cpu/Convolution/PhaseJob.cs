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
    public void Run(int part, int parts)
    {
        int channels = shape[1], step = columns.Stride, end = (int)((long)Planes * (part + 1) / parts);
        for (int plane = (int)((long)Planes * part / parts); plane < end; plane++)
        {
            int phase = plane / channels % (rows.Stride * step), image = plane / channels / (rows.Stride * step);
            if (!Sees(rows, phase / step) || !Sees(columns, phase % step))
                continue;
            T* from = _source + ((nint)image * channels + plane % channels) * shape[2] * shape[3], to = _target + (nint)plane * height * width;
            // The columns that do not lie in the border: 0 to shape[3] - 1 of the source.
            int shift = phase % step - columns.Padding;
            int first = shift >= 0 ? 0 : (-shift + step - 1) / step, last = shift >= shape[3] ? 0 : Math.Min(width, (shape[3] - 1 - shift) / step + 1);
            last = Math.Max(first = Math.Min(first, width), last);
            for (int i = 0; i < height; i++, to += width)
            {
                int row = i * rows.Stride + phase / step - rows.Padding;
                if (row < 0 || row >= shape[2])
                {
                    new Span<T>(to, width).Clear();
                    continue;
                }
                Line.Fill(default, to, first);
                Line.Take(from + ((nint)row * shape[3] + shift + (nint)first * step), step, last - first, to + first);
                Line.Fill(default, to + last, width - last);
            }
        }
    }

    private static bool Sees(SlidingWindow window, int phase)
    {
        for (int i = 0; i < Math.Min(window.Size, window.Stride); i++)
        {
            if ((int)((long)i * window.Dilation % window.Stride) == phase)
                return true;
        }
        return false;
    }
}
