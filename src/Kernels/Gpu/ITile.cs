namespace Autodiff.Kernels;

/// <summary>
/// The part of a matrix product that a group of threads makes: <see cref="Rows"/> by <see cref="Columns"/> threads, each with
/// <see cref="RowsPerThread"/> by 8 sums in registers.
/// </summary>
internal interface ITile<T>
    where T : unmanaged
{
    /// <summary>The threads along a column of the result.</summary>
    static abstract int Rows { get; }

    /// <summary>The threads along a row of the result.</summary>
    static abstract int Columns { get; }

    /// <summary>The rows of a thread: 8, or 4 where twice as many sums would not leave registers for enough groups.</summary>
    static abstract int RowsPerThread { get; }

    /// <summary>How many groups a multiprocessor is to hold at a time, which bounds the registers of a thread: each quarter of a multiprocessor has 16,384 for its warps.</summary>
    static abstract int GroupsPerMultiprocessor { get; }
}
