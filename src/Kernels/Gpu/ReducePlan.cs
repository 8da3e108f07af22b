using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>How a reduction is cut: each group has 2^<see cref="ColumnBits"/> outputs times 2^<see cref="LaneBits"/> lanes that share the elements of an output.</summary>
internal struct ReducePlan
{
    /// <summary>The most threads of a group.</summary>
    public const int MaxGroupSize = 256;

    /// <summary>The binary logarithm of the lanes per output.</summary>
    public int LaneBits;

    /// <summary>The binary logarithm of the outputs per group.</summary>
    public int ColumnBits;

    /// <summary>1 where neighbouring threads are lanes of one output (elements of an output lie closest), 0 where they have neighbouring outputs.</summary>
    public int LanesAreNeighbours;

    /// <summary>The elements of an output that one group takes.</summary>
    public int Chunk;

    /// <summary>How far the results of a chunk and the next lie apart.</summary>
    public int ChunkStep;

    /// <summary>1 if elements go through <see cref="IReductionKernel{T}.Load(T)"/>.</summary>
    public int Loads;

    /// <summary>1 if results go through <see cref="IReductionKernel{T}.Finish"/>.</summary>
    public int Finishes;

    /// <summary>The number of chunks per output.</summary>
    public static int Chunks(in ReducePlan plan, int length) => Math.Max(1, (length + plan.Chunk - 1) / plan.Chunk);

    /// <summary>A plan for outputs of a number of elements each.</summary>
    /// <param name="profile">The kind of machine.</param>
    /// <param name="outputs">The number of results.</param>
    /// <param name="length">The number of elements of each.</param>
    /// <param name="lanesAreNeighbours">Whether elements of one output lie closer than elements of neighbouring outputs.</param>
    public static ReducePlan For(LaunchProfile profile, int outputs, int length, bool lanesAreNeighbours)
    {
        int groupBits = BitOperations.Log2((uint)profile.ReductionSize);
        // At least four elements per lane; along the outputs at most a warp, so that lanes are left for the sum.
        int laneBits = lanesAreNeighbours
            ? Math.Min(groupBits, CeilingLog2((length + 3) / 4))
            : groupBits - Math.Min(Math.Min(groupBits, 5), CeilingLog2(outputs));
        int columnBits = lanesAreNeighbours ? Math.Min(groupBits - laneBits, CeilingLog2(outputs)) : groupBits - laneBits;
        long groups = ((long)outputs + (1 << columnBits) - 1) >> columnBits;
        long chunks = Math.Clamp(profile.ParallelGroups / groups, 1, Math.Max(1, length / (32L << laneBits)));
        return new ReducePlan
        {
            LaneBits = laneBits,
            ColumnBits = columnBits,
            LanesAreNeighbours = lanesAreNeighbours ? 1 : 0,
            Chunk = (int)Math.Max(1, (length + chunks - 1) / chunks),
            Loads = 1,
            Finishes = 1,
        };
    }

    private static int CeilingLog2(int value) => value <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)value - 1);
}
