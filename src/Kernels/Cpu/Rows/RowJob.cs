using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>y = a function of the rows of x, p and q along an axis; see <see cref="Device.Rows{T, TOp}"/>.</summary>
/// <remarks>Rows whose elements are not neighbours are gathered a few at a time, which makes a transpose of rows that lie side by side.</remarks>
internal unsafe struct RowJob<T, TOp> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IRowKernel<T>
{
    private const int Grain = 1 << 13, Beside = 16, BufferLength = 1 << 14;

    private TOp _op;
    private Operand _x, _p, _q, _y;
    private int _length, _rows;

    /// <summary>Runs a row kernel; operands that it does not have are ignored.</summary>
    public static void Run(TOp op, T* x, in Layout xLayout, T* p, in Layout pLayout, T* q, in Layout qLayout, T* y, in Layout yLayout, int axis)
    {
        int length = xLayout.Shape[axis], operands = TOp.Operands;
        Span<Layout> lines = [yLayout.Slice(axis, 0, 1), xLayout.Slice(axis, 0, 1), xLayout.Slice(axis, 0, 1), xLayout.Slice(axis, 0, 1)];
        if (operands > 1)
        {
            lines[2] = pLayout.Slice(axis, 0, 1);
        }

        if (operands > 2)
        {
            lines[3] = qLayout.Slice(axis, 0, 1);
        }

        Layout.Coalesce(lines);
        var job = new RowJob<T, TOp>
        {
            _op = op,
            _y = new(y, lines[0], yLayout.Stride(axis)),
            _x = new(x, lines[1], xLayout.Stride(axis)),
            _p = operands > 1 ? new(p, lines[2], pLayout.Stride(axis)) : default,
            _q = operands > 2 ? new(q, lines[3], qLayout.Stride(axis)) : default,
            _length = length,
            _rows = lines[0].Shape.Count,
        };
        Workers.Run(ref job, Math.Min(job._rows, Workers.Parts((long)job._rows * length, Grain)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int part, int parts)
    {
        int i = (int)((long)_rows * part / parts), end = (int)((long)_rows * (part + 1) / parts);
        if (i >= end)
        {
            return;
        }

        StridedCursor x = new(_x.Lines, i), y = new(_y.Lines, i);
        StridedCursor p = TOp.Operands > 1 ? new(_p.Lines, i) : default, q = TOp.Operands > 2 ? new(_q.Lines, i) : default;
        int most = Math.Clamp(BufferLength / _length, 1, Beside);
        bool scatters = TOp.Results == 0 && _y.Step != 1 && _length > 1;
        nint size = (nint)most * _length;
        T* buffers = Scratch.Small<T>((scatters ? 4 : 3) * size);
        while (i < end)
        {
            int lines = Math.Min(Math.Min(x.Run, end - i), most);
            T* from = _x.Read(x, lines, _length, buffers, out nint line);
            T* with = from, and = from;
            nint withLine = 0, andLine = 0;
            if (TOp.Operands > 1)
            {
                with = _p.Read(p, lines, _length, buffers + size, out withLine);
            }

            if (TOp.Operands > 2)
            {
                and = _q.Read(q, lines, _length, buffers + 2 * size, out andLine);
            }

            T* to = scatters ? buffers + 3 * size : _y.Memory + y.Position;
            for (int row = 0; row < lines; row++)
            {
                T* result = to + row * (scatters ? _length : y.Step);
                RowLoop<T, TOp>.Run(_op, _length, from + row * line, with + row * withLine, and + row * andLine, result, _y.Step);
            }
            if (scatters)
            {
                Scatter(to, _length, lines, _y.Memory + y.Position, y.Step, _y.Step);
            }

            i += lines;
            x.Advance(lines);
            y.Advance(lines);
            if (TOp.Operands > 1)
            {
                p.Advance(lines);
            }

            if (TOp.Operands > 2)
            {
                q.Advance(lines);
            }
        }
    }

    private static void Scatter(T* rows, int length, int lines, T* to, nint line, nint step)
    {
        if (line == 1)
        {
            Packing.Lines(rows, length, 1, lines, length, to, step);
            return;
        }
        for (int row = 0; row < lines; row++, rows += length, to += line)
        {
            for (int k = 0; k < length; k++)
            {
                to[k * step] = rows[k];
            }
        }
    }

    /// <summary>An operand: its memory, where its rows begin, and the step along a row.</summary>
    private readonly struct Operand(T* memory, in Layout lines, nint step)
    {
        public readonly Layout Lines = lines;
        public readonly T* Memory = memory;
        public readonly nint Step = step;

        /// <summary>The next rows with their elements beside each other: where they lie, or in a buffer.</summary>
        public T* Read(in StridedCursor cursor, int lines, int length, T* buffer, out nint line)
        {
            T* from = Memory + cursor.Position;
            line = cursor.Step;
            if (Step == 1 || length == 1)
            {
                return from;
            }

            Packing.Lines(from, Step, line, length, lines, buffer, length);
            line = length;
            return buffer;
        }
    }
}
