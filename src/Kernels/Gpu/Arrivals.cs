using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Groups of threads that have each made a part of a result are counted, so that the last one can put the parts together: in the same launch, and in a fixed order.</summary>
/// <remarks>
/// Only that groups arrive is counted, never added up in the order of their arrival: which group is the last one differs from run to run, what it makes of the parts does not.
/// Nobody waits, so that no groups need to run at the same time.
/// </remarks>
internal static class Arrivals
{
    /// <summary>How many counters a device has. All of them are 0 between launches.</summary>
    public const int Counters = 1 << 12;

    /// <summary>Notes that this group has written its part, and says whether all others have. All threads of the group must call it together.</summary>
    /// <param name="counters">The counters of the device.</param>
    /// <param name="number">The counter of this result.</param>
    /// <param name="groups">How many groups have a part.</param>
    /// <returns>True for all threads of one group, which then sees what the others wrote; false for those of all others.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLast(ArrayView<int> counters, int number, int groups)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(1);
        // Each thread's own writes come before the group's arrival, and those of all groups before what the last one reads.
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
