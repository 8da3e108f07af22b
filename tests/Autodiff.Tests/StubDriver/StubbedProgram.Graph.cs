using System.Runtime.InteropServices;

namespace Autodiff.Tests.StubDriver;

/// <summary>A CUDA graph through the driver's interface alone: the stub itself under test.</summary>
internal static partial class StubbedProgram
{
    private const int GlobalCapture = 0;
    private const int RelaxedCapture = 2;
    private const int RefusedInCapture = 900;
    private const int SpoiledCapture = 901;

    private static void RunGraph()
    {
        Require(0, cuStreamCreate(out nint stream, 1));
        Require(0, cuMemAlloc_v2(out nint memory, 1024));

        Require(0, cuStreamBeginCapture_v2(stream, GlobalCapture));
        Require(RefusedInCapture, cuMemAlloc_v2(out _, 1024));
        Require(SpoiledCapture, cuStreamEndCapture(stream, out _));

        Require(0, cuStreamBeginCapture_v2(stream, RelaxedCapture));
        Require(RefusedInCapture, cuStreamSynchronize(stream));
        Require(SpoiledCapture, cuStreamEndCapture(stream, out _));

        Require(0, cuStreamBeginCapture_v2(stream, RelaxedCapture));
        Require(0, cuMemsetD8Async(memory, 7, 1024, stream));
        long fills = Counts().Fills;
        Require(0, cuStreamEndCapture(stream, out nint graph));
        Require(0, cuGraphInstantiateWithFlags(out nint executable, graph, 0));
        Require(0, cuGraphDestroy(graph));
        Require(fills, Counts().Fills);

        Measure(_ => [], "launch of a graph of a fill", () => Require(0, cuGraphLaunch(executable, stream)));
        Require(7, Marshal.ReadByte(memory, 1023));
        Require(0, cuGraphExecDestroy(executable));
        Require(0, cuMemFree_v2(memory));
        Require(1, cuMemFree_v2(memory));
    }

    private static void Require(long expected, long actual)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"The stub of the driver gave {actual} in place of {expected}.");
        }
    }

    [LibraryImport("libcuda.so.1")]
    private static partial int cuStreamCreate(out nint stream, uint flags);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuStreamSynchronize(nint stream);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuMemAlloc_v2(out nint address, nuint bytes);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuMemFree_v2(nint address);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuMemsetD8Async(nint address, byte value, nuint bytes, nint stream);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuStreamBeginCapture_v2(nint stream, int mode);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuStreamEndCapture(nint stream, out nint graph);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuGraphInstantiateWithFlags(out nint executable, nint graph, ulong flags);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuGraphLaunch(nint executable, nint stream);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuGraphDestroy(nint graph);

    [LibraryImport("libcuda.so.1")]
    private static partial int cuGraphExecDestroy(nint executable);
}
