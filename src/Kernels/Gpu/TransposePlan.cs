namespace Autodiff.Kernels;

/// <summary>How a copy that turns lines into columns is cut into square tiles: x runs along the rows of a tile, y along its columns.</summary>
internal struct TransposePlan
{
    /// <summary>The side of a tile.</summary>
    public const int Side = 32;

    /// <summary>Below this, a side of the matrix, or the distance of its columns, is not worth tiles.</summary>
    private const int LeastSide = 8;

    /// <summary>Where the matrices begin in x (X) and y (Y).</summary>
    public Walk Matrices;

    /// <summary>The size along which x is contiguous, and the one along which y is.</summary>
    public int Rows, Columns;

    /// <summary>How far columns lie apart in x, and rows in y.</summary>
    public int ColumnStep, RowStep;

    /// <summary>The numbers of tiles along rows and columns.</summary>
    public Divisor TilesDown, TilesAcross;

    /// <summary>The number of tiles in all matrices.</summary>
    public readonly uint Tiles => Matrices.Count * TilesDown.Value * TilesAcross.Value;

    /// <summary>A plan, where y's lines are far apart in x and the reverse.</summary>
    /// <param name="x">What is copied.</param>
    /// <param name="y">Where to; of the same shape.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>Whether tiles are of use.</returns>
    public static bool TryFor(Layout x, Layout y, out TransposePlan plan)
    {
        plan = default;
        Span<Layout> layouts = [x, y];
        Layout.Coalesce(layouts);
        (x, y) = (layouts[0], layouts[1]);
        int row = x.Strides.IndexOf(1), column = y.Strides.IndexOf(1);
        if (row < 0 || column < 0 || row == column || x.Strides[column] < LeastSide || Math.Min(x.Shape[row], x.Shape[column]) < LeastSide)
        {
            return false;
        }

        plan = new TransposePlan
        {
            Matrices = Walk.Over(x.Slice(row, 0, 1).Slice(column, 0, 1), y.Slice(row, 0, 1).Slice(column, 0, 1)),
            Rows = x.Shape[row],
            Columns = x.Shape[column],
            ColumnStep = x.Strides[column],
            RowStep = y.Strides[row],
            TilesDown = new Divisor((x.Shape[row] + Side - 1) / Side),
            TilesAcross = new Divisor((x.Shape[column] + Side - 1) / Side),
        };
        return true;
    }
}
