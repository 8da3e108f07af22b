namespace Autodiff.Kernels;

/// <summary>Chooses the way to multiply: the first row of the table that fits.</summary>
internal static class MatMulSelector
{
    /// <summary>What the choice depends on.</summary>
    /// <param name="M">The rows of C.</param>
    /// <param name="N">The columns of C.</param>
    /// <param name="K">The length of the sums.</param>
    /// <param name="AlongDepth">Whether both operands are contiguous along k.</param>
    /// <param name="AdjacentColumns">Whether the columns of B are adjacent.</param>
    /// <param name="MaxDepth">The most of k that is done at a time.</param>
    internal readonly record struct Case(int M, int N, int K, bool AlongDepth, bool AdjacentColumns, int MaxDepth);

    /// <summary>The ways in order of preference, when each is used, and why.</summary>
    internal static readonly (MatMulStrategy Strategy, Func<Case, bool> Fits, string Reason)[] Table =
    [
        (MatMulStrategy.Dot, c => c.AlongDepth && (c.M <= 12 || c.N <= 4),
            "each element of the long operand is used by at most one tile of registers: packing it would cost more than the product"),
        (MatMulStrategy.Rows, c => c.AdjacentColumns && c.M <= 4 && c.N >= RowsMatMul<float>.MinColumns,
            "the same for a B that runs along n, if that fills a vector"),
        (MatMulStrategy.SplitDepth, c => c.K >= 4096 && (long)c.M * c.N <= 1 << 17 && c.K >= 4L * Math.Max(c.M, c.N),
            "too few tiles of C to share among threads, and blocks of A that are read only once"),
        (MatMulStrategy.Wide, c => c.K <= c.MaxDepth && c.M <= 384 && c.N >= 2048,
            "A fits the second-level cache whole; packing much of B at once would send it through memory twice"),
        (MatMulStrategy.Compact, c => c.K <= c.MaxDepth && (long)Math.Max(c.M, c.N) * c.K <= 1 << 17 && (long)c.M * c.N * c.K >= 1 << 20,
            "enough work for several threads, too little for uneven shares"),
        (MatMulStrategy.Blocked, c => true,
            "everything else: blocks for each level of the caches"),
    ];

    /// <summary>The way for a case.</summary>
    public static MatMulStrategy Choose(in Case shape)
    {
        foreach ((MatMulStrategy strategy, Func<Case, bool> fits, string _) in Table)
        {
            if (fits(shape))
            {
                return strategy;
            }
        }
        return MatMulStrategy.Blocked;
    }
}
