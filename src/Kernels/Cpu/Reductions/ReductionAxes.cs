namespace Autodiff.Kernels;

/// <summary>
/// The axes of a reduction in three groups: outer ones that are kept, those that are reduced, and inner ones that are kept.
/// </summary>
/// <remarks>Each group's axes are joined where possible. The offsets of x and y are in the outer group; the others start at 0.</remarks>
internal readonly struct ReductionAxes
{
    public ReductionAxes(in Layout x, in Layout y)
    {
        int rank = x.Shape.Rank, inner = rank;
        while (inner > 0 && (x.Shape[inner - 1] == 1 || y.Shape[inner - 1] != 1))
        {
            inner--;
        }

        Span<int> order = stackalloc int[rank];
        int outer = 0, next = 0;
        for (int axis = 0; axis < inner; axis++)
        {
            if (y.Shape[axis] != 1)
            {
                order[next++] = axis;
            }
        }
        outer = next;
        for (int axis = 0; axis < inner; axis++)
        {
            if (y.Shape[axis] == 1)
            {
                order[next++] = axis;
            }
        }
        for (int axis = inner; axis < rank; axis++)
        {
            order[next++] = axis;
        }

        Layout from = x.Permute(order), to = y.Permute(order);
        Span<Layout> pair = [from.AxesFrom(0, outer, from.Offset), to.AxesFrom(0, outer, to.Offset)];
        Layout.Coalesce(pair);
        (Outer, OuterResult) = (pair[0], pair[1]);
        pair[0] = from.AxesFrom(outer, inner - outer, 0);
        Layout.Coalesce(pair[..1]);
        Reduced = pair[0];
        pair[0] = from.AxesFrom(inner, rank - inner, 0);
        pair[1] = to.AxesFrom(inner, rank - inner, 0);
        Layout.Coalesce(pair);
        (Columns, ColumnsResult) = (pair[0], pair[1]);
    }

    /// <summary>The outer kept axes of x.</summary>
    public Layout Outer { get; }

    /// <summary>The outer kept axes of y.</summary>
    public Layout OuterResult { get; }

    /// <summary>The reduced axes of x.</summary>
    public Layout Reduced { get; }

    /// <summary>The inner kept axes of x.</summary>
    public Layout Columns { get; }

    /// <summary>The inner kept axes of y.</summary>
    public Layout ColumnsResult { get; }
}
