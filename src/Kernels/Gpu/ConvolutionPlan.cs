namespace Autodiff.Kernels;

/// <summary>A convolution as a matrix product whose right factor is what windows see; see <see cref="ConvolutionKernel{T, TTile, TMajor, TEpilogue}"/>.</summary>
internal struct ConvolutionPlan
{
    /// <summary>The sizes of the product.</summary>
    public int Rows, Columns, Depth;

    /// <summary>Where the left factor begins, the step between its rows, and 1 where four elements may be read at a time.</summary>
    public int LeftStart, LeftLeading, LeftIsAligned;

    /// <summary>What windows see.</summary>
    public WindowGeometry Windows;

    /// <summary>The tiles along a row of the result.</summary>
    public Divisor TilesPerRow;

    /// <summary>How many summands a group takes.</summary>
    public int Chunk;

    /// <summary>How far the results of a chunk and the next lie apart.</summary>
    public int ChunkStep;

    /// <summary>Where the results begin.</summary>
    public int Start;
}
