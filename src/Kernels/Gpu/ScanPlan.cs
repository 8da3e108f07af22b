using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>How running sums are cut: each group has 2^<see cref="ColumnBits"/> lines, or a chunk of each, times 2^<see cref="LaneBits"/> lanes that share a line.</summary>
internal struct ScanPlan
{
    /// <summary>Everything: a group has whole lines.</summary>
    public const int All = 0;

    /// <summary>The sum of each chunk.</summary>
    public const int Totals = 1;

    /// <summary>The running sums of each chunk, beginning with those of the chunks' sums.</summary>
    public const int Continued = 2;

    /// <summary>The fewest elements of a line that are worth a group of their own, in elements per lane.</summary>
    private const int LeastPerLane = 32;

    /// <summary>Where the lines begin in x (X) and y (Y).</summary>
    public Walk Lines;

    /// <summary>The steps of x and y along a line.</summary>
    public Positions Steps;

    /// <summary>For x and y, <see cref="Fours.Whole"/> where four neighbours are an aligned <see cref="Four{T}"/>.</summary>
    public Positions Access;

    /// <summary>The number of elements of a line.</summary>
    public int Length;

    /// <summary>1 where sums begin at the far end.</summary>
    public int Reverse;

    /// <summary>The elements of a line that a group takes, and the number of such chunks.</summary>
    public int Chunk, Chunks;

    /// <summary>Which round this launch does.</summary>
    public int Stage;

    /// <summary>The binary logarithms of the lanes per line and of the lines per group.</summary>
    public int LaneBits, ColumnBits;

    /// <summary>1 where neighbouring threads are lanes of one line, 0 where they have neighbouring lines.</summary>
    public int LanesAreNeighbours;

    /// <summary>A plan for a device.</summary>
    public static ScanPlan For(LaunchProfile profile, in Walk lines, in Positions steps, int length, bool reverse)
    {
        int groupBits = BitOperations.Log2((uint)profile.ReductionSize), wantedLines = lines.Count <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount(lines.Count - 1);
        bool lanesAreNeighbours = steps.X <= 1;
        int laneBits = lanesAreNeighbours ? ReducePlan.LaneBitsFor(length, groupBits) : groupBits - Math.Min(groupBits, wantedLines);
        // Where barriers are dear, lanes are of use to keep every core busy only.
        if (!profile.HasFastBarriers && lines.Count >= profile.ParallelGroups)
        {
            laneBits = 0;
        }

        int columnBits = groupBits - laneBits;
        long groups = (lines.Count + (1L << columnBits) - 1) >> columnBits;
        long chunks = 2 * groups > profile.ParallelGroups ? 1 : Math.Clamp(profile.ParallelGroups / groups, 1, Math.Max(1, length / ((long)LeastPerLane << laneBits)));
        int chunk = chunks == 1 ? length : (int)(((length + chunks - 1) / chunks + 3) & ~3L);
        ScanPlan plan = new()
        {
            Lines = lines,
            Steps = steps,
            Length = length,
            Reverse = reverse ? 1 : 0,
            Chunk = chunk,
            Chunks = (length + chunk - 1) / chunk,
            LaneBits = laneBits,
            ColumnBits = columnBits,
            LanesAreNeighbours = lanesAreNeighbours ? 1 : 0,
        };
        for (int operand = 0; operand < 2; operand++)
        {
            if (length % 4 == 0 && Walk.Get(steps, operand) == 1 && lines.IsEachMultipleOfFour(operand))
            {
                Walk.Set(ref plan.Access, operand, Fours.Whole);
            }
        }
        return plan;
    }
}
