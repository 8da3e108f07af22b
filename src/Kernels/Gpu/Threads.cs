using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The threads of a one-dimensional launch, for loops in which thread i takes elements i, i + count, ...</summary>
internal static class Threads
{
    /// <summary>The number of this thread in the launch.</summary>
    public static uint First => (uint)(Grid.IdxX * Group.DimX + Group.IdxX);

    /// <summary>The number of threads of the launch.</summary>
    public static uint Count => (uint)(Grid.DimX * Group.DimX);
}
