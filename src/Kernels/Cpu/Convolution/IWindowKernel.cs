namespace Autodiff.Kernels;

/// <summary>The innermost loops of convolutions that read images where they lie, for one kind of registers.</summary>
internal unsafe interface IWindowKernel<T>
    where T : unmanaged
{
    /// <summary>The rows of a tile, and of a packed panel of A: twelve sums of two registers, and six pointers.</summary>
    const int Rows = 6;

    /// <summary>C[i, j] = Σ A[i, p] B[places[p] + j]; see <see cref="ThroughTile{T, TVector, TSimd}"/>.</summary>
    /// <param name="rows">The rows that are wanted; whole tiles of 4 or 6 are written.</param>
    /// <param name="columns">The width of the tile, as given by <see cref="IMicroKernel{T}.EdgeColumns"/>.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">A panel of A.</param>
    /// <param name="b">Where the places count from.</param>
    /// <param name="places">Where the rows of B begin.</param>
    /// <param name="c">The first element of C.</param>
    /// <param name="cRow">The step from row to row of C.</param>
    static abstract void RunThrough(int rows, int columns, int k, T* a, T* b, int* places, T* c, nint cRow);

    /// <summary>C[i, j] (+)= Σ A[places[i] + steps[p]] B[p, j]; see <see cref="AlongTile{T, TVector, TSimd}"/>.</summary>
    /// <param name="columns">The width of the tile and of the panel of B, as given by <see cref="IMicroKernel{T}.EdgeColumns"/>.</param>
    /// <param name="count">The length of the sums.</param>
    /// <param name="a">Where the places count from.</param>
    /// <param name="places">Where the six rows of A begin.</param>
    /// <param name="steps">Where the elements of each row lie, from its beginning.</param>
    /// <param name="b">The packed panel of B.</param>
    /// <param name="c">The first element of C.</param>
    /// <param name="cRow">The step from row to row of C.</param>
    /// <param name="accumulate">Whether the sums are added to C or replace it.</param>
    static abstract void RunAlong(int columns, int count, T* a, int* places, int* steps, T* b, T* c, nint cRow, bool accumulate);
}
