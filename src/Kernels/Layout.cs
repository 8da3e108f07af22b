using System.Diagnostics.CodeAnalysis;

namespace Autodiff.Kernels;

/// <summary>Where the elements of a tensor lie in its storage: element (i, j, ...) is at Offset + i Strides[0] + j Strides[1] + ...</summary>
/// <remarks>Strides count elements and are never negative; a broadcast axis has stride 0.</remarks>
public readonly struct Layout
{
    private readonly Axes _strides;

    private Layout(Shape shape, Axes strides, int offset)
    {
        Shape = shape;
        _strides = strides;
        Offset = offset;
    }

    /// <summary>The row-major layout of a shape.</summary>
    public Layout(Shape shape)
    {
        Shape = shape;
        for (int axis = shape.Rank - 1, stride = 1; axis >= 0; axis--)
        {
            _strides[axis] = stride;
            stride *= Math.Max(shape[axis], 1);
        }
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The position of the first element.</summary>
    public int Offset { get; }

    /// <summary>The step, in elements, along each axis.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> Strides => ((ReadOnlySpan<int>)_strides)[..Shape.Rank];

    /// <summary>Whether the elements lie one after the other in row-major order (from <see cref="Offset"/> on).</summary>
    public bool IsContiguous
    {
        get
        {
            if (Shape.Count == 0)
            {
                return true;
            }

            for (int axis = Shape.Rank - 1, stride = 1; axis >= 0; axis--)
            {
                if (Shape[axis] == 1)
                {
                    continue;
                }

                if (_strides[axis] != stride)
                {
                    return false;
                }

                stride *= Shape[axis];
            }
            return true;
        }
    }

    /// <summary>Whether two elements share a place in the storage (a broadcast axis), so that it must not be written.</summary>
    public bool Overlaps
    {
        get
        {
            for (int axis = 0; axis < Shape.Rank; axis++)
            {
                if (Shape[axis] > 1 && _strides[axis] == 0)
                {
                    return true;
                }
            }
            return false;
        }
    }

    /// <summary>The step along one axis; a negative axis counts from the end.</summary>
    public int Stride(int axis) => _strides[Shape.Axis(axis)];

    /// <summary>Some neighbouring axes alone, from the first element on.</summary>
    internal Layout AxesFrom(int first, int count, int offset)
    {
        Axes strides = default;
        for (int axis = 0; axis < count; axis++)
        {
            strides[axis] = _strides[first + axis];
        }

        return new Layout(new Shape(Shape.AsSpan().Slice(first, count)), strides, offset);
    }

    /// <summary>The axes in another order.</summary>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not a permutation of the axes.</exception>
    public Layout Permute(ReadOnlySpan<int> order)
    {
        if (order.Length != Shape.Rank)
        {
            throw new ArgumentException($"Permute: shape {Shape} has {Shape.Rank} axes, the order [{string.Join(", ", order.ToArray())}] names {order.Length}.");
        }

        Span<int> sizes = stackalloc int[order.Length];
        Axes strides = default;
        uint seen = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int axis = Shape.Axis(order[i]);
            if ((seen & (1u << axis)) != 0)
            {
                throw new ArgumentException($"Permute: the order [{string.Join(", ", order.ToArray())}] names axis {axis} twice.");
            }

            seen |= 1u << axis;
            sizes[i] = Shape[axis];
            strides[i] = _strides[axis];
        }
        return new Layout(new Shape(sizes), strides, Offset);
    }

    /// <summary>Repeats size-1 axes (and adds leading ones) with stride 0, NumPy's broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public Layout BroadcastTo(Shape shape)
    {
        if (shape == Shape)
        {
            return this;
        }

        if (!Shape.TryBroadcast(Shape, shape, out Shape both) || both != shape)
        {
            throw new ArgumentException($"Shape {Shape} does not broadcast to {shape}.");
        }

        Axes strides = default;
        for (int axis = 1; axis <= Shape.Rank; axis++)
        {
            strides[shape.Rank - axis] = Shape[-axis] == 1 ? 0 : _strides[Shape.Rank - axis];
        }

        return new Layout(shape, strides, Offset);
    }

    /// <summary>The elements start, start + step, ... (count of them) of one axis.</summary>
    /// <exception cref="ArgumentException">The range leaves the axis, or the step is not positive.</exception>
    public Layout Slice(int axis, int start, int count, int step = 1)
    {
        axis = Shape.Axis(axis);
        if (step < 1)
        {
            throw new ArgumentException($"Slice: the step is {step}; it must be at least 1.");
        }

        if (start < 0 || count < 0 || (count > 0 && start + (long)(count - 1) * step >= Shape[axis]) || start > Shape[axis])
        {
            throw new ArgumentException($"Slice: {count} elements from {start} in steps of {step} leave axis {axis} of {Shape}.");
        }

        Axes strides = _strides;
        strides[axis] *= step;
        return new Layout(Shape.With(axis, count), strides, Offset + (count > 0 ? start * _strides[axis] : 0));
    }

    /// <summary>
    /// What windows see that slide over the last two axes, without padding: [..., rows of the window, its columns, output rows, output
    /// columns]. Windows overlap, so it is for reading only.
    /// </summary>
    internal Layout Windows(SlidingWindow rows, SlidingWindow columns)
    {
        int leading = Shape.Rank - 2;
        Span<int> sizes = stackalloc int[leading + 4];
        Shape.AsSpan()[..leading].CopyTo(sizes);
        Axes strides = _strides;
        int row = _strides[leading], column = _strides[leading + 1];
        (sizes[leading], strides[leading]) = (rows.Size, row * rows.Dilation);
        (sizes[leading + 1], strides[leading + 1]) = (columns.Size, column * columns.Dilation);
        (sizes[leading + 2], strides[leading + 2]) = (rows.Outputs(Shape[-2]), row * rows.Stride);
        (sizes[leading + 3], strides[leading + 3]) = (columns.Outputs(Shape[-1]), column * columns.Stride);
        return new Layout(new Shape(sizes), strides, Offset);
    }

    /// <summary>The same elements in the same order under another shape, where no copy is needed.</summary>
    /// <returns>Whether the strides allow it.</returns>
    /// <exception cref="ArgumentException">The element counts differ.</exception>
    public bool TryReshape(Shape shape, out Layout layout)
    {
        if (shape.Count != Shape.Count)
        {
            throw new ArgumentException($"Reshape: {Shape} has {Shape.Count} elements, {shape} has {shape.Count}.");
        }

        layout = default;
        if (IsContiguous)
        {
            layout = new Layout(shape, new Layout(shape)._strides, Offset);
            return true;
        }
        // Walk both shapes from the left in groups of equal element counts; each group of old axes must be evenly spaced.
        Axes strides = default;
        int from = 0, to = 0;
        while (from < Shape.Rank || to < shape.Rank)
        {
            int oldStart = from, newStart = to;
            long oldCount = from < Shape.Rank ? Shape[from++] : 1, newCount = to < shape.Rank ? shape[to++] : 1;
            while (oldCount != newCount)
            {
                if (oldCount < newCount)
                {
                    oldCount *= Shape[from++];
                }
                else
                {
                    newCount *= shape[to++];
                }
            }
            int inner = 1, expected = -1;
            for (int axis = from - 1; axis >= oldStart; axis--)
            {
                if (Shape[axis] == 1)
                {
                    continue;
                }

                if (expected < 0)
                {
                    inner = _strides[axis];
                }
                else if (_strides[axis] != expected)
                {
                    return false;
                }

                expected = _strides[axis] * Shape[axis];
            }
            for (int axis = to - 1; axis >= newStart; axis--)
            {
                strides[axis] = inner;
                inner *= shape[axis];
            }
        }
        layout = new Layout(shape, strides, Offset);
        return true;
    }

    /// <summary>
    /// Joins neighbouring axes that are evenly spaced in every one of the layouts and drops axes of size 1, so that loops are as few and
    /// long as possible.
    /// </summary>
    /// <param name="layouts">Layouts of one shape; replaced by the joined ones.</param>
    public static void Coalesce(Span<Layout> layouts)
    {
        Shape shape = layouts[0].Shape;
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        Span<Axes> strides = stackalloc Axes[layouts.Length];
        int rank = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            bool joins = rank > 0;
            for (int i = 0; joins && i < layouts.Length; i++)
            {
                joins = strides[i][rank - 1] == layouts[i]._strides[axis] * shape[axis];
            }

            if (!joins)
            {
                rank++;
            }

            sizes[rank - 1] = joins ? sizes[rank - 1] * shape[axis] : shape[axis];
            for (int i = 0; i < layouts.Length; i++)
            {
                strides[i][rank - 1] = layouts[i]._strides[axis];
            }
        }
        Shape joined = new(sizes[..rank]);
        for (int i = 0; i < layouts.Length; i++)
        {
            layouts[i] = new Layout(joined, strides[i], layouts[i].Offset);
        }
    }
}
