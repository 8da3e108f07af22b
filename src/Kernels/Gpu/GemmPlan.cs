using ILGPU;

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

    /// <summary>The tiles of a batch; groups beyond them add up rows of the left factor.</summary>
    public int TileCount;

    /// <summary>How many summands a group takes, and how many chunks of them there are.</summary>
    public int Chunk, Chunks;

    /// <summary>1 where the last group of a tile joins its chunks, 0 where they are stored as they are: whole sums, or chunks for a launch that joins them.</summary>
    public int IsJoinedByLast;

    /// <summary>How far the results of a chunk and the next lie apart.</summary>
    public int ChunkStep;

    /// <summary>Where the results begin.</summary>
    public int Start;

    /// <summary>The device's, for <see cref="Arrivals"/>: one for the whole grid, then one per column and layer of it.</summary>
    public ArrayView<int> Counters;

    /// <summary>Where the chunk ends that begins with a summand; groups beyond the tiles have no summands.</summary>
    public readonly int End(int begin) => Grid.IdxX < TileCount ? IntrinsicMath.Min(Depth, begin + Chunk) : begin;
}
