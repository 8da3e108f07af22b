using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Copies between any two layouts: runs where both are contiguous, tiles where one runs across the other (a transpose), else element by
/// element.
/// </summary>
internal unsafe struct CopyJob<T> : IParallelJob
    where T : unmanaged
{
    private const int Grain = 1 << 14;

    // A tile of 32 x 32 touches 32 cache lines on each side.
    private const int Tile = 32;

    private T* _x, _y;
    private Layout _xLayout, _yLayout;

    // The axis along which x is contiguous, if that is not the last; -1 if there is none.
    private int _across;

    /// <summary>y = x.</summary>
    public static void Run(T* x, in Layout xLayout, T* y, in Layout yLayout)
    {
        int count = yLayout.Shape.Count;
        if (count == 0)
        {
            return;
        }

        Span<Layout> layouts = [yLayout, xLayout.BroadcastTo(yLayout.Shape)];
        Layout.Coalesce(layouts);
        int across = Across(layouts[1]);
        var job = new CopyJob<T> { _x = x, _y = y, _yLayout = layouts[0], _xLayout = layouts[1], _across = across };
        if (across >= 0)
        {
            // The two axes of the tiles go last; the order of the others does not matter.
            int rank = layouts[0].Shape.Rank, next = 0;
            Span<int> order = stackalloc int[rank];
            for (int axis = 0; axis < rank - 1; axis++)
            {
                if (axis != across)
                {
                    order[next++] = axis;
                }
            }
            (order[rank - 2], order[rank - 1]) = (across, rank - 1);
            job._xLayout = layouts[1].Permute(order);
            job._yLayout = layouts[0].Permute(order);
            int bands = job.Bands;
            Workers.Run(ref job, Math.Min(bands, Workers.Parts(count, Grain)));
            return;
        }
        Workers.Run(ref job, Workers.Parts(count, Grain));
    }

    private readonly int Bands => _xLayout.Shape.Count / (_xLayout.Shape[-1] * _xLayout.Shape[-2]) * ((_xLayout.Shape[-2] + Tile - 1) / Tile);

    private static int Across(in Layout x)
    {
        int rank = x.Shape.Rank;
        if (rank < 2 || x.Strides[rank - 1] <= 1 || x.Shape[-1] < 4)
        {
            return -1;
        }

        for (int axis = 0; axis < rank - 1; axis++)
        {
            if (x.Strides[axis] == 1 && x.Shape[axis] >= 4)
            {
                return axis;
            }
        }
        return -1;
    }

    public readonly void Run(int part, int parts)
    {
        if (_across >= 0)
        {
            int bands = Bands, last = (int)((long)bands * (part + 1) / parts);
            for (int band = (int)((long)bands * part / parts); band < last; band++)
            {
                RunBand(band);
            }

            return;
        }
        int count = _yLayout.Shape.Count;
        int start = (int)((long)count * part / parts) & ~63, end = part == parts - 1 ? count : (int)((long)count * (part + 1) / parts) & ~63;
        if (start >= end)
        {
            return;
        }

        StridedCursor x = new(_xLayout, start), y = new(_yLayout, start);
        while (start < end)
        {
            int run = Math.Min(Math.Min(x.Run, y.Run), end - start);
            RunLine(_x + x.Position, x.Step, _y + y.Position, y.Step, run);
            x.Advance(run);
            y.Advance(run);
            start += run;
        }
    }

    private static void RunLine(T* x, nint xStep, T* y, nint yStep, int count)
    {
        if (xStep == 1 && yStep == 1)
        {
            new ReadOnlySpan<T>(x, count).CopyTo(new Span<T>(y, count));
        }
        else if (xStep == 0 && yStep == 1)
        {
            new Span<T>(y, count).Fill(*x);
        }
        else
        {
            for (int i = 0; i < count; i++, x += xStep, y += yStep)
            {
                *y = *x;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunBand(int band)
    {
        int rank = _xLayout.Shape.Rank, rows = _xLayout.Shape[-2], columns = _xLayout.Shape[-1], bandsPerMatrix = (rows + Tile - 1) / Tile;
        int matrix = band / bandsPerMatrix, i = band % bandsPerMatrix * Tile, iEnd = Math.Min(i + Tile, rows);
        nint xRow = _xLayout.Strides[rank - 2], xColumn = _xLayout.Strides[rank - 1], yRow = _yLayout.Strides[rank - 2];
        nint yColumn = _yLayout.Strides[rank - 1];
        T* x = _x + new StridedCursor(_xLayout.AxesFrom(0, rank - 2, _xLayout.Offset), matrix).Position;
        T* y = _y + new StridedCursor(_yLayout.AxesFrom(0, rank - 2, _yLayout.Offset), matrix).Position;
        for (int j = 0; j < columns; j += Tile)
        {
            int jEnd = Math.Min(j + Tile, columns);
            if (yColumn == 1)
            {
                Packing.Lines(x + i + j * xColumn, xColumn, 1, jEnd - j, iEnd - i, y + i * yRow + j, yRow);
                continue;
            }
            for (int row = i; row < iEnd; row++)
            {
                T* from = x + row * xRow + j * xColumn, to = y + row * yRow + j * yColumn;
                for (int column = j; column < jEnd; column++, from += xColumn, to += yColumn)
                {
                    *to = *from;
                }
            }
        }
    }
}
