namespace Autodiff.Kernels;

/// <summary>The sizes of a matrix product and how it is cut.</summary>
internal struct GemmPlan
{
    /// <summary>The sizes: [Rows, Depth] by [Depth, Columns].</summary>
    public int Rows, Columns, Depth;

    /// <summary>Over the batches: where the factors and the other operand of the epilogue begin (X left, Y right, Z other).</summary>
    public Walk Batches;

    /// <summary>The batch of the grid's first layer.</summary>
    public int FirstBatch;

    /// <summary>The steps along the axes of the factors that are not contiguous.</summary>
    public int LeftLeading, RightLeading;

    /// <summary>1 where four elements may be read at a time: positions and sizes are multiples of 4.</summary>
    public int LeftIsAligned, RightIsAligned;

    /// <summary>The tiles along a row of the result.</summary>
    public Divisor TilesPerRow;

    /// <summary>How many summands a group takes.</summary>
    public int Chunk;

    /// <summary>How far the results of a chunk and the next lie apart.</summary>
    public int ChunkStep;

    /// <summary>Where the results begin.</summary>
    public int Start;
}
