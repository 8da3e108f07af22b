namespace Autodiff.Kernels;

/// <summary>How launches are cut for a kind of machine.</summary>
/// <param name="GroupSize">The threads of a group in elementwise kernels; a power of two.</param>
/// <param name="MaxGroups">How many groups elementwise kernels use at most; more elements are taken in a loop.</param>
/// <param name="ReductionSize">The threads of a group in reductions, a power of two up to 256.</param>
/// <param name="ParallelGroups">How many groups of a reduction or a matrix product run at a time; with fewer outputs, the sums are split.</param>
/// <param name="HasFastBarriers">Whether groups have shared memory and cheap barriers: true on a GPU, false where one core runs all threads of a group.</param>
internal sealed record LaunchProfile(int GroupSize, int MaxGroups, int ReductionSize, int ParallelGroups, bool HasFastBarriers)
{
    /// <summary>The multiprocessors of a GPU.</summary>
    public int Multiprocessors => ParallelGroups / 2;

    /// <summary>How many threads a group may have.</summary>
    public int MostThreads { get; init; } = 256;

    /// <summary>A GPU: enough threads to hide the latency of its memory.</summary>
    public static LaunchProfile Gpu(int multiprocessors) => new(256, 32 * multiprocessors, 256, 2 * multiprocessors, HasFastBarriers: true);

    /// <summary>An OpenCL device that is a CPU: groups are loops, barriers split them.</summary>
    public static LaunchProfile Processor(int cores) => new(64, 16 * cores, 16, 4 * cores, HasFastBarriers: false);

    /// <summary>ILGPU's CPU accelerator: each thread of a group is a thread of the system.</summary>
    public static LaunchProfile Emulator => new(4, 2, 4, 4, HasFastBarriers: false) { MostThreads = 64 };
}
