namespace Autodiff.Kernels;

/// <summary>The sizes of a matrix product and how a device without fast barriers cuts it.</summary>
internal struct GemmProcessorPlan
{
    /// <summary>The sizes: [Rows, Depth] by [Depth, Columns].</summary>
    public int Rows, Columns, Depth;

    /// <summary>Over the batches: where the factors begin (X left, Y right).</summary>
    public Walk Batches;

    /// <summary>The steps of the left factor along its rows and its summed axis.</summary>
    public int LeftRow, LeftSummed;

    /// <summary>The steps of the right factor along its summed axis and from one strip of 16 columns to the next.</summary>
    public int RightSummed, StripStep;

    /// <summary>The last column at which 16 can be read: beyond it for a factor in whole strips.</summary>
    public int LastColumn;

    /// <summary>The number of chunks of each sum.</summary>
    public Divisor Chunks;

    /// <summary>How many summands a chunk has.</summary>
    public int Chunk;

    /// <summary>How far the results of a chunk and the next lie apart.</summary>
    public int ChunkStep;

    /// <summary>Where the results begin.</summary>
    public int Start;
}
