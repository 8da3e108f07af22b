using System.Runtime.InteropServices;

namespace Autodiff.Tests.StubDriver;

/// <summary>What the stub of NVIDIA's driver has counted: <c>struct counts</c> of cuda.c.</summary>
/// <param name="Launches">Kernels launched one by one.</param>
/// <param name="GraphLaunches">Launches of CUDA graphs.</param>
/// <param name="GraphKernels">The kernels of those graphs.</param>
/// <param name="Allocations">Allocations of device memory.</param>
/// <param name="AllocatedBytes">Their bytes.</param>
/// <param name="Frees">Allocations given back.</param>
/// <param name="LiveBytes">The bytes that are allocated now.</param>
/// <param name="HostAllocations">Allocations of page-locked memory.</param>
/// <param name="Copies">Copies, whatever their direction.</param>
/// <param name="CopiedBytes">Their bytes.</param>
/// <param name="Fills">Fills of memory by the driver.</param>
/// <param name="Synchronizations">Waits of the program for the device.</param>
/// <param name="Modules">Kernels compiled by the driver.</param>
/// <param name="Events">Events made.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DriverCounts(
    long Launches, long GraphLaunches, long GraphKernels, long Allocations, long AllocatedBytes, long Frees, long LiveBytes, long HostAllocations,
    long Copies, long CopiedBytes, long Fills, long Synchronizations, long Modules, long Events)
{
    /// <summary>What was counted between two readings.</summary>
    public static DriverCounts operator -(DriverCounts after, DriverCounts before) => new(
        after.Launches - before.Launches, after.GraphLaunches - before.GraphLaunches, after.GraphKernels - before.GraphKernels,
        after.Allocations - before.Allocations, after.AllocatedBytes - before.AllocatedBytes, after.Frees - before.Frees,
        after.LiveBytes - before.LiveBytes, after.HostAllocations - before.HostAllocations, after.Copies - before.Copies,
        after.CopiedBytes - before.CopiedBytes, after.Fills - before.Fills, after.Synchronizations - before.Synchronizations,
        after.Modules - before.Modules, after.Events - before.Events);
}
