using Autodiff.Kernels;

namespace Decoder.Rivals;

/// <summary>Memory of matrices of trials x trials.</summary>
internal static class LargeMatrices
{
    /// <summary>Matrices of fewer trials have a few megabytes.</summary>
    private const int Large = 1000;

    /// <summary>
    /// Gives what nothing refers to any more back to the operating system, at once: the next matrices are of other sizes, and until the garbage collector and the pool notice, old and new ones would
    /// be gigabytes together.
    /// </summary>
    /// <param name="trials">Number of trials of the matrices; of few, nothing is done.</param>
    public static void Release(int trials)
    {
        if (trials < Large)
        {
            return;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        Device.Cpu.EmptyCache();
    }
}
