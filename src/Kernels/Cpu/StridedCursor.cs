using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Walks the elements of a layout in row-major order, a run along the last axis at a time.</summary>
internal struct StridedCursor
{
    private readonly Layout _layout;
    private Axes _index;

    /// <summary>Begins at the element of a number.</summary>
    public StridedCursor(in Layout layout, int start)
    {
        _layout = layout;
        int rank = layout.Shape.Rank;
        nint position = layout.Offset;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            start = Math.DivRem(start, layout.Shape[axis], out int index);
            _index[axis] = index;
            position += (nint)index * layout.Strides[axis];
        }
        Position = position;
        Step = rank == 0 ? 1 : layout.Strides[rank - 1];
        Run = rank == 0 ? 1 : layout.Shape[rank - 1] - _index[rank - 1];
    }

    /// <summary>Where the element lies.</summary>
    public nint Position { get; private set; }

    /// <summary>The step to the next element of the run.</summary>
    public nint Step { get; }

    /// <summary>How many elements the run still has, this one included.</summary>
    public int Run { get; private set; }

    /// <summary>Moves on by at most the run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        Position += count * Step;
        Run -= count;
        if (Run <= 0)
        {
            BeginRun();
        }
    }

    private void BeginRun()
    {
        if (_layout.Shape.Rank == 0)
        {
            return;
        }

        int axis = _layout.Shape.Rank - 1;
        Run = _layout.Shape[axis];
        Position -= Run * Step;
        for (axis--; axis >= 0; axis--)
        {
            Position += _layout.Strides[axis];
            if (++_index[axis] < _layout.Shape[axis])
            {
                return;
            }

            Position -= (nint)_index[axis] * _layout.Strides[axis];
            _index[axis] = 0;
        }
    }
}
