using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// Adds elements at indices along an axis, in the order of the axis; see <see cref="Device.ScatterAdd{T}"/>. Threads share the other
/// axes, so that none meet.
/// </summary>
internal unsafe struct ScatterAddJob<T> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 13;

    // Neighbouring lines that are done together, for the sake of the cache lines they share.
    private const int Band = 16;

    private T* _x, _y;
    private int* _indices;
    private Layout _xLines, _yLines, _indexLines;
    private nint _xStep, _yStep, _indexStep;
    private int _length;

    /// <summary>y at the indices += x.</summary>
    public static void Run(T* x, in Layout xLayout, int* indices, in Layout indexLayout, T* y, in Layout yLayout, int axis)
    {
        if (xLayout.Shape.Count == 0)
        {
            return;
        }

        axis = xLayout.Shape.Axis(axis);
        Layout wide = indexLayout.BroadcastTo(xLayout.Shape);
        Span<Layout> lines = [xLayout.Slice(axis, 0, 1), wide.Slice(axis, 0, 1), yLayout.Slice(axis, 0, 1)];
        Layout.Coalesce(lines);
        var job = new ScatterAddJob<T>
        {
            _x = x,
            _y = y,
            _indices = indices,
            _xLines = lines[0],
            _indexLines = lines[1],
            _yLines = lines[2],
            _xStep = xLayout.Stride(axis),
            _yStep = yLayout.Stride(axis),
            _indexStep = wide.Stride(axis),
            _length = xLayout.Shape[axis],
        };
        Workers.Run(ref job, Math.Min((lines[0].Shape.Count + Band - 1) / Band, Workers.Parts(xLayout.Shape.Count, Grain)));
    }

    public readonly void Run(int part, int parts)
    {
        int count = _xLines.Shape.Count, bands = (count + Band - 1) / Band;
        int i = (int)((long)bands * part / parts) * Band, end = Math.Min((int)((long)bands * (part + 1) / parts) * Band, count);
        if (i >= end)
        {
            return;
        }

        StridedCursor x = new(_xLines, i), y = new(_yLines, i), index = new(_indexLines, i);
        while (i < end)
        {
            int run = Math.Min(Math.Min(Band, end - i), x.Run);
            for (int k = 0; k < _length; k++)
            {
                T* from = _x + x.Position + k * _xStep, to = _y + y.Position;
                int* at = _indices + index.Position + k * _indexStep;
                for (int j = 0; j < run; j++, from += x.Step, to += y.Step, at += index.Step)
                {
                    to[*at * _yStep] += *from;
                }
            }
            i += run;
            x.Advance(run);
            y.Advance(run);
            index.Advance(run);
        }
    }
}
