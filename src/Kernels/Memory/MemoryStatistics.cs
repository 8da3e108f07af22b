namespace Autodiff.Kernels;

/// <summary>What a device's memory pool holds, in bytes.</summary>
/// <param name="InUse">Bytes in blocks that tensors own now.</param>
/// <param name="Reserved">Bytes taken from the device: in use and cached.</param>
/// <param name="Peak">The most that <paramref name="InUse"/> has been.</param>
/// <param name="Live">The number of blocks in use.</param>
/// <param name="Allocations">How often the device itself was asked for memory; constant in a steady loop.</param>
public readonly record struct MemoryStatistics(long InUse, long Reserved, long Peak, int Live, long Allocations)
{
    /// <summary>The figures in MiB, for people.</summary>
    public override string ToString() =>
        $"{InUse / 1048576.0:F1} MiB in use in {Live} blocks (peak {Peak / 1048576.0:F1}), {Reserved / 1048576.0:F1} MiB reserved";
}
