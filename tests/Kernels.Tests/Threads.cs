using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Runs kernels with given numbers of threads.</summary>
internal static class Threads
{
    public static void With(int threads, Action action)
    {
        Workers.Limit = threads;
        try
        {
            action();
        }
        finally
        {
            Workers.Limit = 0;
        }
    }

    /// <summary>Runs a kernel with 1, 2 and 4 threads, a few times each, asserts that the bits agree, and returns them.</summary>
    public static T[] SameBits<T>(Func<T[]> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] expected = [];
        With(1, () => expected = run());
        foreach (int threads in (int[])[2, 4, 4])
        {
            With(threads, () =>
            {
                T[] actual = run();
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.True(Bits.Same(expected[i], actual[i]),
                        $"Element {i} is {expected[i]} with one thread and {actual[i]} with {threads}.");
                }
            });
        }
        return expected;
    }
}
