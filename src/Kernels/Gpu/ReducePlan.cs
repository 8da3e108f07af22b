using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>How a reduction is cut: each group has 2^<see cref="ColumnBits"/> outputs times 2^<see cref="LaneBits"/> lanes that share the elements of an output.</summary>
/// <remarks>It depends on shapes and layouts alone, and so does the order in which elements are combined.</remarks>
internal struct ReducePlan
{
    /// <summary>The most threads of a group.</summary>
    public const int MaxGroupSize = 256;

    /// <summary>The fewest elements that are worth a group of their own, in elements per lane.</summary>
    private const int LeastPerLane = 32;

    /// <summary>How many times the groups that run at a time are started: enough to keep the memory busy while some begin or end.</summary>
    private const int Waves = 4;

    /// <summary>How many lanes share an output whose elements lie side by side, by the number of its elements. What is longer than the last takes all lanes.</summary>
    private static readonly (int Longest, int LaneBits)[] LanesByLength = [(8, 0), (16, 1), (32, 2), (64, 3), (128, 4), (256, 5), (1024, 6), (2048, 7)];

    /// <summary>The binary logarithm of the lanes per output.</summary>
    public int LaneBits;

    /// <summary>The binary logarithm of the outputs per group, or of the fours of outputs.</summary>
    public int ColumnBits;

    /// <summary>1 where neighbouring threads are lanes of one output (elements of an output lie closest), 0 where they have neighbouring outputs.</summary>
    public int LanesAreNeighbours;

    /// <summary>1 where a lane reads four neighbouring elements of an output at a time.</summary>
    public int IsWhole;

    /// <summary>The elements of an output that one group takes; a multiple of four.</summary>
    public int Chunk;

    /// <summary>How far the results of a chunk and the next lie apart.</summary>
    public int ChunkStep;

    /// <summary>1 if elements go through <see cref="IReductionKernel{T}.Load(T)"/>.</summary>
    public int Loads;

    /// <summary>1 if results go through <see cref="IReductionKernel{T}.Finish"/>.</summary>
    public int Finishes;

    /// <summary>The number of chunks per output.</summary>
    public static int Chunks(in ReducePlan plan, int length) => Math.Max(1, (length + plan.Chunk - 1) / plan.Chunk);

    /// <summary>The lanes for an output of elements that lie side by side, as a binary logarithm.</summary>
    public static int LaneBitsFor(int length, int groupBits)
    {
        foreach ((int longest, int laneBits) in LanesByLength)
        {
            if (length <= longest)
            {
                return Math.Min(laneBits, groupBits);
            }
        }
        return groupBits;
    }

    /// <summary>A plan for outputs of a number of elements each.</summary>
    /// <param name="profile">The kind of machine.</param>
    /// <param name="outputs">The number of results, or of fours of results.</param>
    /// <param name="length">The number of elements of each.</param>
    /// <param name="lanesAreNeighbours">Whether elements of one output lie closer than elements of neighbouring outputs.</param>
    public static ReducePlan For(LaunchProfile profile, int outputs, int length, bool lanesAreNeighbours)
    {
        int groupBits = BitOperations.Log2((uint)profile.ReductionSize);
        // Along the outputs at most a warp, so that lanes are left for the sum.
        int laneBits = lanesAreNeighbours ? LaneBitsFor(length, groupBits) : groupBits - Math.Min(Math.Min(groupBits, 5), CeilingLog2(outputs));
        // Groups are full even where outputs are few: drivers that compile a kernel anew for each group size (PoCL) do it once.
        int columnBits = groupBits - laneBits;
        long groups = ((long)outputs + (1 << columnBits) - 1) >> columnBits;
        long chunks = groups >= profile.ParallelGroups ? 1 : Math.Clamp(Waves * profile.ParallelGroups / groups, 1, Math.Max(1, length / ((long)LeastPerLane << laneBits)));
        return new ReducePlan
        {
            LaneBits = laneBits,
            ColumnBits = columnBits,
            LanesAreNeighbours = lanesAreNeighbours ? 1 : 0,
            Chunk = (int)Math.Max(4, ((length + chunks - 1) / chunks + 3) & ~3L),
            Loads = 1,
            Finishes = 1,
        };
    }

    private static int CeilingLog2(int value) => value <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)value - 1);
}
