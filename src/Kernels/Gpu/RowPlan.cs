using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>How row kernels are cut: each group has 2^<see cref="ColumnBits"/> rows, or a chunk of one, times 2^<see cref="LaneBits"/> lanes that share a row.</summary>
internal struct RowPlan
{
    /// <summary>The fewest elements of a row that are worth a group of their own, in elements per lane.</summary>
    private const int LeastPerLane = 32;

    /// <summary>Where the rows of x, p, q and y begin.</summary>
    public Walk Rows;

    /// <summary>The steps along a row.</summary>
    public Positions Steps;

    /// <summary>For each operand, <see cref="Fours.Whole"/> where four neighbours are an aligned <see cref="Four{T}"/>.</summary>
    public Positions Access;

    /// <summary>The number of elements of a row.</summary>
    public int Length;

    /// <summary>The elements of a row that a group takes, a multiple of four; the length where a row is not cut.</summary>
    public int Chunk;

    /// <summary>The number of chunks of a row.</summary>
    public int Chunks;

    /// <summary>Which round this launch does; see <see cref="RowStage"/>.</summary>
    public int Stage;

    /// <summary>The binary logarithm of the lanes per row.</summary>
    public int LaneBits;

    /// <summary>The binary logarithm of the rows per group.</summary>
    public int ColumnBits;

    /// <summary>1 where neighbouring threads are lanes of one row, 0 where they have neighbouring rows.</summary>
    public int LanesAreNeighbours;

    /// <summary>1 where a lane takes four neighbours at a time, 0 where its elements are as far apart as there are lanes.</summary>
    public int TakesFours;

    /// <summary>A plan for a device.</summary>
    /// <param name="profile">The kind of machine.</param>
    /// <param name="rows">Where rows begin.</param>
    /// <param name="steps">The steps along a row.</param>
    /// <param name="length">The elements of a row.</param>
    /// <param name="results">How many numbers a row becomes; 0 where each element becomes one.</param>
    public static RowPlan For(LaunchProfile profile, in Walk rows, in Positions steps, int length, int results)
    {
        int groupBits = BitOperations.Log2((uint)profile.ReductionSize);
        // In rows that lie side by side a warp of neighbouring rows, so that reads are joined.
        bool lanesAreNeighbours = steps.X <= 1;
        int laneBits = ReducePlan.LaneBitsFor(length, groupBits), wantedRows = rows.Count <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount(rows.Count - 1);
        if (!lanesAreNeighbours)
        {
            laneBits = Math.Min(laneBits, Math.Max(0, groupBits - Math.Min(5, wantedRows)));
        }

        int columnBits = groupBits - laneBits;
        RowPlan plan = new()
        {
            Rows = rows,
            Steps = steps,
            Length = length,
            LaneBits = laneBits,
            ColumnBits = columnBits,
            LanesAreNeighbours = lanesAreNeighbours ? 1 : 0,
            TakesFours = lanesAreNeighbours && length % 4 == 0 && steps.X == 1 ? 1 : 0,
        };
        for (int operand = 0; operand < 4; operand++)
        {
            bool isRow = operand < 3 || results == 0;
            if (plan.TakesFours != 0 && isRow && Walk.Get(steps, operand) == 1 && rows.IsEachMultipleOfFour(operand))
            {
                Walk.Set(ref plan.Access, operand, Fours.Whole);
            }
        }
        long groups = (rows.Count + (1L << columnBits) - 1) >> columnBits;
        long chunks = 2 * groups > profile.ParallelGroups ? 1 : Math.Clamp(profile.ParallelGroups / groups, 1, Math.Max(1, length / ((long)LeastPerLane << laneBits)));
        plan.Chunk = chunks == 1 ? length : (int)(((length + chunks - 1) / chunks + 3) & ~3L);
        plan.Chunks = (length + plan.Chunk - 1) / plan.Chunk;
        return plan;
    }
}
