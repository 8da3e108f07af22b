namespace Autodiff.Kernels;

/// <summary>How elements that are added at given places are shared out: a thread has a line, a chunk of it, and a range of places.</summary>
/// <remarks>
/// Every thread of a line's chunk looks at all its indices, but adds only what goes to places of its own: so no two threads meet, and elements are added in their order.
/// Where there are fewer places than elements, chunks of a line add into copies of the places, which are joined in their order.
/// </remarks>
internal struct ScatterPlan
{
    /// <summary>The shortest line worth sharing, and the fewest elements worth a chunk.</summary>
    private const int LeastChunk = 64;

    /// <summary>Where the lines begin in x (X), the indices (Y) and the sums (Z).</summary>
    public Walk Lines;

    /// <summary>The steps of x, the indices and the sums along the axis.</summary>
    public Positions Steps;

    /// <summary>The length of the axis in x.</summary>
    public int Length;

    /// <summary>The places in a thread's range, and the number of ranges.</summary>
    public int Range, Ranges;

    /// <summary>The elements in a thread's chunk, the number of chunks, and how far their sums lie apart.</summary>
    public int Chunk, Chunks, ChunkStep;

    /// <summary>The number of threads that have something to do.</summary>
    public readonly uint Count => Lines.Count * (uint)Ranges * (uint)Chunks;

    /// <summary>A plan for a device.</summary>
    /// <param name="profile">The kind of machine.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="length">The elements of a line.</param>
    /// <param name="places">The places of a line.</param>
    public static ScatterPlan For(LaunchProfile profile, int lines, int length, int places)
    {
        // A processor's core runs the threads of a group one after the other: looking at indices more than once is not free there.
        long wanted = profile.HasFastBarriers ? 2L * profile.ParallelGroups * profile.GroupSize : profile.ParallelGroups;
        long free = length < LeastChunk ? 1 : Math.Max(1, wanted / lines);
        long chunks = Math.Min(free, Math.Min(length / LeastChunk, length / Math.Max(1, places)));
        if (chunks < 2)
        {
            chunks = 1;
        }

        int ranges = (int)Math.Clamp(free / chunks, 1, places), chunk = (int)((length + chunks - 1) / chunks), range = (places + ranges - 1) / ranges;
        return new ScatterPlan
        {
            Length = length,
            Range = range,
            Ranges = (places + range - 1) / range,
            Chunk = chunk,
            Chunks = (length + chunk - 1) / chunk,
        };
    }
}
