using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>How row kernels are cut: each group has 2^<see cref="ColumnBits"/> rows times 2^<see cref="LaneBits"/> lanes that share a row.</summary>
internal struct RowPlan
{
    /// <summary>Where the rows of x, p, q and y begin.</summary>
    public Walk Rows;

    /// <summary>The steps along a row.</summary>
    public Positions Steps;

    /// <summary>The number of elements of a row.</summary>
    public int Length;

    /// <summary>The binary logarithm of the lanes per row.</summary>
    public int LaneBits;

    /// <summary>The binary logarithm of the rows per group.</summary>
    public int ColumnBits;

    /// <summary>1 where neighbouring threads are lanes of one row, 0 where they have neighbouring rows.</summary>
    public int LanesAreNeighbours;

    /// <summary>A plan for a device.</summary>
    public static RowPlan For(LaunchProfile profile, in Walk rows, in Positions steps, int length)
    {
        int groupBits = BitOperations.Log2((uint)profile.ReductionSize);
        // At least four elements per lane; in rows that lie side by side a warp of neighbouring rows, so that reads are joined.
        bool lanesAreNeighbours = steps.X <= 1;
        int laneBits = Math.Min(groupBits, length <= 4 ? 0 : BitOperations.Log2((uint)(length + 3) / 4));
        if (!lanesAreNeighbours)
            laneBits = Math.Min(laneBits, Math.Max(0, groupBits - 5));
        return new RowPlan
        {
            Rows = rows,
            Steps = steps,
            Length = length,
            LaneBits = laneBits,
            ColumnBits = Math.Min(groupBits - laneBits, rows.Count <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount(rows.Count - 1)),
            LanesAreNeighbours = lanesAreNeighbours ? 1 : 0,
        };
    }
}
