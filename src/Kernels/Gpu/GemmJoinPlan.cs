using ILGPU;

namespace Autodiff.Kernels;

/// <summary>How the chunks of the sums of a matrix product lie in memory.</summary>
internal struct GemmJoinPlan
{
    /// <summary>The number of results, and of chunks of each.</summary>
    public int Count, Chunks;

    /// <summary>The sizes of the result.</summary>
    public Divisor Rows, Columns;

    /// <summary>Over the batches: where the other operand of the epilogue begins, in Z.</summary>
    public Walk Batches;

    /// <summary>Where the results begin.</summary>
    public int Start;

    /// <summary>The device's, for <see cref="Arrivals"/>.</summary>
    public ArrayView<int> Counters;
}
