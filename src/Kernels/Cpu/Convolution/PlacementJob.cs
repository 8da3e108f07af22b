namespace Autodiff.Kernels;

/// <summary>Copies planes into larger ones, zero elsewhere: row i goes to row First + i Step, and so do columns; what leaves the plane is dropped.</summary>
/// <param name="source">The planes, one after the other.</param>
/// <param name="planes">Their number.</param>
/// <param name="height">Their rows.</param>
/// <param name="width">Their columns.</param>
/// <param name="target">The larger planes, one after the other.</param>
/// <param name="rows">Where rows go.</param>
/// <param name="columns">Where columns go.</param>
internal readonly unsafe struct PlacementJob<T>(
    T* source, int planes, int height, int width, T* target, PlacementJob<T>.Axis rows, PlacementJob<T>.Axis columns) : IParallelJob
    where T : unmanaged
{
    private const int Grain = 1 << 14;

    private readonly T* _source = source, _target = target;

    /// <summary>Copies all.</summary>
    public void Run()
    {
        PlacementJob<T> job = this;
        Workers.Run(ref job, Math.Min(planes, Workers.Parts((long)planes * rows.Length * columns.Length, Grain)));
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        nint size = (nint)rows.Length * columns.Length;
        // The columns that stay: First + i Step from 0 to Length - 1.
        int first = columns.First >= 0 ? 0 : (-columns.First + columns.Step - 1) / columns.Step;
        int end = columns.First >= columns.Length ? 0 : Math.Min(width, (columns.Length - 1 - columns.First) / columns.Step + 1);
        for (int plane = (int)((long)planes * part / parts); plane < (int)((long)planes * (part + 1) / parts); plane++)
        {
            T* to = _target + plane * size, from = _source + (nint)plane * height * width;
            new Span<T>(to, (int)size).Clear();
            for (int i = 0; i < height; i++)
            {
                int row = rows.First + i * rows.Step;
                if (row < 0 || row >= rows.Length || first >= end)
                    continue;
                T* line = to + (nint)row * columns.Length + columns.First, values = from + (nint)i * width;
                if (columns.Step == 1)
                    new ReadOnlySpan<T>(values + first, end - first).CopyTo(new Span<T>(line + first, end - first));
                else
                {
                    for (int j = first; j < end; j++)
                        line[(nint)j * columns.Step] = values[j];
                }
            }
        }
    }

    /// <summary>An axis of the larger planes: its length, where the first element goes, and how far apart they are put.</summary>
    internal readonly record struct Axis(int Length, int First, int Step);
}
