namespace Autodiff.Kernels;

/// <summary>The innermost loops of a matrix product for one kind of registers: a tile of C is held in registers while k runs.</summary>
/// <remarks>
/// Each element of C is summed over k in order, one fused multiply-add after the other, so that every tile and every width gives the same
/// bits.
/// </remarks>
internal unsafe interface IMicroKernel<T>
    where T : unmanaged
{
    /// <summary>The rows of the tile, and of a packed panel of A.</summary>
    static abstract int Rows { get; }

    /// <summary>The columns of the tile, and of a packed panel of B.</summary>
    static abstract int Columns { get; }

    /// <summary>The columns of a last panel of B: the narrowest edge tile that holds so many.</summary>
    static abstract int EdgeColumns(int columns);

    /// <summary>C[i, j] (+)= sum over k of A[i, k] B[k, j] for a whole tile.</summary>
    /// <param name="k">The length of the sum.</param>
    /// <param name="a">The first element of A.</param>
    /// <param name="aRow">The step from row to row of A.</param>
    /// <param name="aStep">The step of A along k.</param>
    /// <param name="b">The first element of B; the columns of B are adjacent.</param>
    /// <param name="bStep">The step of B along k.</param>
    /// <param name="c">The first element of C.</param>
    /// <param name="cRow">The step from row to row of C.</param>
    /// <param name="accumulate">Whether the sums are added to C or replace it.</param>
    static abstract void Run(nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate);

    /// <summary>
    /// The same for a tile of at least <paramref name="rows"/> x <paramref name="columns"/>, as given by <see cref="EdgeColumns"/>; it
    /// may write a whole tile.
    /// </summary>
    static abstract void RunEdge(
        int rows, int columns, nint k, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, bool accumulate);
}
