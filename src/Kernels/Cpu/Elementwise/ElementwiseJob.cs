using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>y = op(a, b, c) elementwise over any layouts.</summary>
/// <remarks>
/// Neighbouring axes are joined first. Runs along the last axis go straight through the SIMD loop: a contiguous operand is read in place,
/// a repeated number sits in a
/// vector that is read with step 0, any other step is gathered into a small buffer. Where the last axis is short, blocks across rows are
/// gathered instead.
/// What does not fill a vector goes through the same vector body, in a vector that ends with the run or is padded, so that an element's value
/// never depends on where it stands.
/// </remarks>
internal unsafe partial struct ElementwiseJob<T, TOp> : IParallelJob
    where T : unmanaged
    where TOp : struct, IElementwise<T>
{
    /// <summary>Elements that pass through the buffers at a time.</summary>
    private const int BlockLength = 512;

    // Below this, waking a thread costs more than it saves.
    private const int Grain = 1 << 14;

    private readonly TOp _op;
    private readonly T* _y, _a, _b, _c;
    private readonly Layout _yLayout, _aLayout, _bLayout, _cLayout;
    private readonly int _count;

    // Whether all operands are contiguous: the pointers then stand at their first elements, and the layouts are left out.
    private readonly bool _isFlat;
    private readonly bool _isTiled;

    private ElementwiseJob(TOp op, T* y, T* a, T* b, T* c, int count)
    {
        _op = op;
        _y = y;
        _a = a;
        _b = b;
        _c = c;
        _count = count;
        _isFlat = true;
    }

    private ElementwiseJob(TOp op, T* y, T* a, T* b, T* c, ReadOnlySpan<Layout> layouts)
    {
        _op = op;
        _y = y;
        _a = a;
        _b = b;
        _c = c;
        _yLayout = layouts[0];
        _aLayout = layouts[1];
        _bLayout = TOp.Arity > 1 ? layouts[2] : default;
        _cLayout = TOp.Arity > 2 ? layouts[3] : default;
        _count = _yLayout.Shape.Count;
        _isTiled = IsTiled;
    }

    /// <summary>Runs a function; operands beyond its arity are ignored.</summary>
    public static void Run(TOp op, T* y, in Layout yLayout, T* a, in Layout aLayout, T* b, in Layout bLayout, T* c, in Layout cLayout)
    {
        Shape shape = yLayout.Shape;
        if (shape.Count == 0)
        {
            return;
        }

        if (IsFlat(yLayout, shape) && IsFlat(aLayout, shape) && (TOp.Arity < 2 || IsFlat(bLayout, shape)) && (TOp.Arity < 3 || IsFlat(cLayout, shape)))
        {
            y += yLayout.Offset;
            a += aLayout.Offset;
            if (TOp.Arity > 1)
            {
                b += bLayout.Offset;
            }

            if (TOp.Arity > 2)
            {
                c += cLayout.Offset;
            }

            int flatParts = Workers.Parts(shape.Count, Grain);
            if (flatParts == 1)
            {
                Loop(op, shape.Count, y, a, 1, b, 1, c, 1);
                return;
            }
            var flat = new ElementwiseJob<T, TOp>(op, y, a, b, c, shape.Count);
            Workers.Run(ref flat, flatParts);
            return;
        }
        Span<Layout> layouts = stackalloc Layout[1 + TOp.Arity];
        layouts[0] = yLayout;
        layouts[1] = aLayout.BroadcastTo(shape);
        if (TOp.Arity > 1)
        {
            layouts[2] = bLayout.BroadcastTo(shape);
        }

        if (TOp.Arity > 2)
        {
            layouts[3] = cLayout.BroadcastTo(shape);
        }

        Layout.Coalesce(layouts);
        var job = new ElementwiseJob<T, TOp>(op, y, a, b, c, layouts);
        int parts = Workers.Parts(shape.Count, Grain);
        Workers.Run(ref job, job._isTiled ? Math.Min(parts, job.Bands) : parts);
    }

    private static bool IsFlat(in Layout layout, in Shape shape) => layout.IsContiguous && layout.Shape == shape;

    /// <inheritdoc/>
    public readonly void Run(int part, int parts)
    {
        if (_isTiled)
        {
            RunBands(part, parts);
            return;
        }
        // Parts begin at multiples of 64 elements, so that no two threads write one cache line.
        int start = (int)((long)_count * part / parts) & ~63, end = part == parts - 1 ? _count : (int)((long)_count * (part + 1) / parts) & ~63;
        if (start >= end)
        {
            return;
        }

        if (_isFlat)
        {
            Loop(_op, end - start, _y + start, _a + start, 1, _b + start, 1, _c + start, 1);
        }
        else if (_yLayout.Shape.Rank > 1 && _yLayout.Shape[-1] < 32)
        {
            ByBlocks(start, end);
        }
        else if (_yLayout.Shape.Rank == 2 && _yLayout.Strides[1] == 1 && _aLayout.Strides[1] <= 1
            && (TOp.Arity < 2 || _bLayout.Strides[1] <= 1) && (TOp.Arity < 3 || _cLayout.Strides[1] <= 1))
        {
            ByRows(start, end);
        }
        else
        {
            ByRuns(start, end);
        }
    }

    /// <summary>The rows of matrices that are contiguous or of one number each, as when a bias is added: no cursors, no buffers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ByRows(int start, int end)
    {
        T* numbers = stackalloc T[6 * Vector256<T>.Count];
        T* aNumber = numbers, bNumber = aNumber + 2 * Vector256<T>.Count, cNumber = bNumber + 2 * Vector256<T>.Count;
        (int row, int column) = Math.DivRem(start, _yLayout.Shape[1]);
        nint yRow = _yLayout.Strides[0], aRow = _aLayout.Strides[0], aStep = _aLayout.Strides[1];
        (nint bRow, nint bStep) = TOp.Arity > 1 ? (_bLayout.Strides[0], _bLayout.Strides[1]) : (0, 0);
        (nint cRow, nint cStep) = TOp.Arity > 2 ? (_cLayout.Strides[0], _cLayout.Strides[1]) : (0, 0);
        T* y = _y + _yLayout.Offset, a = _a + _aLayout.Offset, b = _b + _bLayout.Offset, c = _c + _cLayout.Offset;
        for (int columns = _yLayout.Shape[1]; start < end; row++, column = 0)
        {
            int run = Math.Min(columns - column, end - start);
            T* pa = Operand(a + row * aRow, aStep, column, aNumber);
            T* pb = TOp.Arity > 1 ? Operand(b + row * bRow, bStep, column, bNumber) : null;
            T* pc = TOp.Arity > 2 ? Operand(c + row * cRow, cStep, column, cNumber) : null;
            Loop(_op, run, y + row * yRow + column, pa, aStep, pb, bStep, pc, cStep);
            start += run;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Operand(T* row, nint step, int column, T* number)
    {
        if (step == 1)
        {
            return row + column;
        }

        var all = Vector256.Create(*row);
        all.Store(number);
        all.Store(number + Vector256<T>.Count);
        return number;
    }

    [SkipLocalsInit]
    private readonly void ByRuns(int start, int end)
    {
        T* buffers = stackalloc T[4 * BlockLength];
        T* yBuffer = buffers, aBuffer = yBuffer + BlockLength, bBuffer = aBuffer + BlockLength, cBuffer = bBuffer + BlockLength;
        var y = new StridedCursor(_yLayout, start);
        var a = new StridedCursor(_aLayout, start);
        StridedCursor b = TOp.Arity > 1 ? new(_bLayout, start) : default;
        StridedCursor c = TOp.Arity > 2 ? new(_cLayout, start) : default;
        bool inPlace = y.Step == 1 && a.Step <= 1 && (TOp.Arity < 2 || b.Step <= 1) && (TOp.Arity < 3 || c.Step <= 1);
        while (start < end)
        {
            int run = Math.Min(Math.Min(y.Run, end - start), inPlace ? int.MaxValue : BlockLength);
            T* pa = Operand(_a, a, run, aBuffer);
            T* pb = TOp.Arity > 1 ? Operand(_b, b, run, bBuffer) : null;
            T* pc = TOp.Arity > 2 ? Operand(_c, c, run, cBuffer) : null;
            T* to = y.Step == 1 ? _y + y.Position : yBuffer;
            Loop(_op, run, to, pa, a.Step == 0 ? 0 : 1, pb, b.Step == 0 ? 0 : 1, pc, c.Step == 0 ? 0 : 1);
            if (y.Step != 1)
            {
                T* at = _y + y.Position;
                for (int i = 0; i < run; i++, at += y.Step)
                {
                    *at = yBuffer[i];
                }
            }
            start += run;
            y.Advance(run);
            a.Advance(run);
            if (TOp.Arity > 1)
            {
                b.Advance(run);
            }

            if (TOp.Arity > 2)
            {
                c.Advance(run);
            }
        }
    }

    /// <summary>Where the loop reads an operand: in place, or from a buffer that is filled here.</summary>
    private static T* Operand(T* storage, in StridedCursor cursor, int run, T* buffer)
    {
        T* from = storage + cursor.Position;
        if (cursor.Step == 1)
        {
            return from;
        }

        if (cursor.Step == 0)
        {
            var all = Vector256.Create(*from);
            all.Store(buffer);
            all.Store(buffer + Vector256<T>.Count);
            return buffer;
        }
        nint step = cursor.Step;
        for (int i = 0; i < run; i++, from += step)
        {
            buffer[i] = *from;
        }

        return buffer;
    }

    [SkipLocalsInit]
    private readonly void ByBlocks(int start, int end)
    {
        T* buffers = stackalloc T[4 * BlockLength];
        T* yBuffer = buffers, aBuffer = yBuffer + BlockLength, bBuffer = aBuffer + BlockLength, cBuffer = bBuffer + BlockLength;
        bool contiguous = _yLayout.IsContiguous;
        for (; start < end; start += BlockLength)
        {
            int count = Math.Min(BlockLength, end - start);
            T* pa = Operand(_a, _aLayout, start, count, aBuffer);
            T* pb = TOp.Arity > 1 ? Operand(_b, _bLayout, start, count, bBuffer) : null;
            T* pc = TOp.Arity > 2 ? Operand(_c, _cLayout, start, count, cBuffer) : null;
            Loop(_op, count, contiguous ? _y + _yLayout.Offset + start : yBuffer, pa, 1, pb, 1, pc, 1);
            if (!contiguous)
            {
                StridedBlock.Scatter(_y, _yLayout, start, count, yBuffer);
            }
        }
    }

    private static T* Operand(T* storage, in Layout layout, int start, int count, T* buffer)
    {
        if (layout.IsContiguous)
        {
            return storage + layout.Offset + start;
        }

        StridedBlock.Gather(storage, layout, start, count, buffer);
        return buffer;
    }
}
