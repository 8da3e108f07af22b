namespace Autodiff.Kernels;

/// <summary>Sets every element of a window to one value.</summary>
internal unsafe struct FillJob<T> : IParallelJob
    where T : unmanaged
{
    private const int Grain = 1 << 15;

    private T* _y;
    private T _value;
    private Layout _layout;

    /// <summary>y = value.</summary>
    public static void Run(T* y, in Layout layout, T value)
    {
        if (layout.Shape.Count == 0)
        {
            return;
        }

        Span<Layout> joined = [layout];
        Layout.Coalesce(joined);
        var job = new FillJob<T> { _y = y, _value = value, _layout = joined[0] };
        Workers.Run(ref job, Workers.Parts(layout.Shape.Count, Grain));
    }

    public readonly void Run(int part, int parts)
    {
        int count = _layout.Shape.Count;
        int start = (int)((long)count * part / parts) & ~63, end = part == parts - 1 ? count : (int)((long)count * (part + 1) / parts) & ~63;
        if (start >= end)
        {
            return;
        }

        var y = new StridedCursor(_layout, start);
        while (start < end)
        {
            int run = Math.Min(y.Run, end - start);
            T* to = _y + y.Position;
            if (y.Step == 1)
            {
                new Span<T>(to, run).Fill(_value);
            }
            else
            {
                for (int i = 0; i < run; i++, to += y.Step)
                {
                    *to = _value;
                }
            }
            y.Advance(run);
            start += run;
        }
    }
}
