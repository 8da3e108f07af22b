using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Reads elements at indices along an axis; see <see cref="Device.Gather{T}"/>.</summary>
internal unsafe struct GatherJob<T> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 13;

    private T* _x, _y;
    private int* _indices;
    private Layout _xLayout, _yLayout, _indexLayout;
    private nint _axisStep;

    /// <summary>y = the elements of x at the indices.</summary>
    public static void Run(T* x, in Layout xLayout, int* indices, in Layout indexLayout, T* y, in Layout yLayout, int axis)
    {
        if (yLayout.Shape.Count == 0)
        {
            return;
        }

        axis = yLayout.Shape.Axis(axis);
        Span<Layout> layouts = [yLayout, indexLayout.BroadcastTo(yLayout.Shape), xLayout.Slice(axis, 0, 1).BroadcastTo(yLayout.Shape)];
        Layout.Coalesce(layouts);
        var job = new GatherJob<T>
        {
            _x = x,
            _y = y,
            _indices = indices,
            _yLayout = layouts[0],
            _indexLayout = layouts[1],
            _xLayout = layouts[2],
            _axisStep = xLayout.Stride(axis),
        };
        Workers.Run(ref job, Workers.Parts(yLayout.Shape.Count, Grain));
    }

    public readonly void Run(int part, int parts)
    {
        int count = _yLayout.Shape.Count;
        int start = (int)((long)count * part / parts) & ~63, end = part == parts - 1 ? count : (int)((long)count * (part + 1) / parts) & ~63;
        if (start >= end)
        {
            return;
        }

        StridedCursor x = new(_xLayout, start), y = new(_yLayout, start), index = new(_indexLayout, start);
        while (start < end)
        {
            int run = Math.Min(y.Run, end - start);
            T* from = _x + x.Position, to = _y + y.Position;
            int* at = _indices + index.Position;
            for (int i = 0; i < run; i++, from += x.Step, to += y.Step, at += index.Step)
            {
                *to = from[*at * _axisStep];
            }

            x.Advance(run);
            y.Advance(run);
            index.Advance(run);
            start += run;
        }
    }
}
