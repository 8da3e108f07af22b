using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Groups of threads that have each made a part of a result are counted, so that the last one can put the parts together: in the same launch, and in a fixed order.</summary>
/// <remarks>
/// <para>Nobody waits, so that no groups need to run at the same time, and only the number of arrivals is taken, so that the result is the same whoever comes last: groups write parts
/// to places of their own, and the last one reads them in the order of their places.</para>
/// <para>The last group sees all parts. A thread writes its part before the first fence; that comes before the barrier, the barrier before the one thread that counts, and its count before
/// that of the last group, which reads the sum of all: atomic operations on one counter have one order. There again a barrier leads to all threads, and the second fence comes before
/// what they read. On CUDA a fence is fence.sc, and the two are ordered as the chain between them is. In OpenCL ILGPU makes of a fence a barrier of the group with the scope of the
/// device, hence all threads must come by, and the count is sequentially consistent in itself.</para>
/// <para>The next launch finds zeros. The last group, after which nobody counts in this launch, puts the counter back, and launches of a device's one stream, replayed graphs among them,
/// begin when those before have ended; so all of them share the counters, and a replay needs no host. A kernel that fails halfway leaves counters behind that are not zero, but
/// the driver then refuses all further work of the context, and so does the device.</para>
/// </remarks>
internal static class Arrivals
{
    /// <summary>How many counters a device has. All of them are 0 between launches; the first one is for whole grids.</summary>
    public const int Counters = 1 << 12;

    /// <summary>The counter of whole grids.</summary>
    public const int OfGrid = 0;

    /// <summary>The first of the counters of parts of a grid.</summary>
    public const int OfParts = 1;

    /// <summary>Notes that this group has written its part, and says whether all others have. All threads of the group must call it together.</summary>
    /// <param name="counters">The counters of the device.</param>
    /// <param name="number">The counter of this result.</param>
    /// <param name="groups">How many groups have a part.</param>
    /// <returns>True for all threads of one group, which then sees what the others wrote; false for those of all others.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLast(ArrayView<int> counters, int number, int groups)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(1);
        MemoryFence.DeviceLevel();
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            bool isLast = Atomic.Add(ref counters[number], 1) == groups - 1;
            if (isLast)
            {
                // As the next launch must find it.
                counters[number] = 0;
            }

            shared[0] = isLast ? 1 : 0;
        }

        Group.Barrier();
        MemoryFence.DeviceLevel();
        return shared[0] != 0;
    }
}
