namespace Autodiff.Kernels;

public abstract partial class Device
{
    /// <summary>
    /// How many threads the CPU's kernels may use together, the calling one included: at first what <c>AUTODIFF_THREADS</c> says, else the processors that the
    /// process (or its container) may use. Results do not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to 1024.</exception>
    public static int CpuThreads
    {
        get => Workers.Default;
        set => Workers.Default = value;
    }
}
