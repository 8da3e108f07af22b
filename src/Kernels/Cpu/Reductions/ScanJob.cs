using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Cumulative sums along an axis, added one by one; lines beside each other run in SIMD lanes.</summary>
internal unsafe struct ScanJob<T> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 14;

    private T* _x, _y;
    private Layout _xLines, _yLines;
    private nint _xStep, _yStep;
    private int _length;

    /// <summary>y = cumulative sum of x; see <see cref="Device.CumulativeSum{T}"/>.</summary>
    public static void Run(T* x, in Layout xLayout, T* y, in Layout yLayout, int axis, bool reverse)
    {
        if (yLayout.Shape.Count == 0)
        {
            return;
        }

        axis = xLayout.Shape.Axis(axis);
        Span<Layout> lines = [xLayout.Slice(axis, 0, 1), yLayout.Slice(axis, 0, 1)];
        Layout.Coalesce(lines);
        var job = new ScanJob<T>
        {
            _x = x,
            _y = y,
            _xLines = lines[0],
            _yLines = lines[1],
            _xStep = xLayout.Stride(axis),
            _yStep = yLayout.Stride(axis),
            _length = xLayout.Shape[axis],
        };
        if (reverse)
        {
            job._x += (job._length - 1) * job._xStep;
            job._y += (job._length - 1) * job._yStep;
            job._xStep = -job._xStep;
            job._yStep = -job._yStep;
        }
        Workers.Run(ref job, Math.Min(lines[0].Shape.Count, Workers.Parts(yLayout.Shape.Count, Grain)));
    }

    public readonly void Run(int part, int parts)
    {
        int count = _xLines.Shape.Count, i = (int)((long)count * part / parts), end = (int)((long)count * (part + 1) / parts);
        if (i >= end)
        {
            return;
        }

        StridedCursor x = new(_xLines, i), y = new(_yLines, i);
        while (i < end)
        {
            int lines = x.Step == 1 && y.Step == 1 && Math.Min(Math.Min(x.Run, y.Run), end - i) >= Vector256<T>.Count ? Vector256<T>.Count : 1;
            if (lines == 1)
            {
                One(_x + x.Position, _xStep, _y + y.Position, _yStep, _length);
            }
            else
            {
                Beside(_x + x.Position, _xStep, _y + y.Position, _yStep, _length);
            }

            i += lines;
            x.Advance(lines);
            y.Advance(lines);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(T* x, nint xStep, T* y, nint yStep, int length)
    {
        T total = T.Zero;
        for (; length > 0; length--, x += xStep, y += yStep)
        {
            total += *x;
            *y = total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Beside(T* x, nint xStep, T* y, nint yStep, int length)
    {
        Vector256<T> total = Vector256<T>.Zero;
        for (; length > 0; length--, x += xStep, y += yStep)
        {
            total += Vector256.Load(x);
            total.Store(y);
        }
    }
}
