using System.Runtime.InteropServices;
using ILGPU.Runtime.OpenCL;

namespace Autodiff.Kernels;

/// <summary>An event that ends with the commands before it in an OpenCL queue.</summary>
/// <remarks>The functions are those of cl.h, sections 5.10 to 5.12 of the OpenCL 2.0 API; ILGPU keeps its own to itself.</remarks>
internal sealed partial class OpenCLMark(CLStream stream) : StreamMark
{
    // CL_EVENT_COMMAND_EXECUTION_STATUS, and its value for what is done; what failed has a negative one.
    private const uint ExecutionStatus = 0x11D3;
    private const int Complete = 0;

    private nint _event;

    /// <inheritdoc/>
    public override bool IsReached
    {
        get
        {
            CLException.ThrowIfFailed(clGetEventInfo(_event, ExecutionStatus, sizeof(int), out int status, out _));
            CLException.ThrowIfFailed((CLError)Math.Min(status, Complete));
            return status == Complete;
        }
    }

    /// <inheritdoc/>
    public override void Renew()
    {
        // Without the flush the queue may hold its commands back until somebody waits for them, and a mark that is asked but not waited for would never be reached.
        CLException.ThrowIfFailed(clEnqueueMarkerWithWaitList(stream.CommandQueue, 0, 0, out nint created));
        Dispose();
        _event = created;
        CLException.ThrowIfFailed(clFlush(stream.CommandQueue));
    }

    /// <inheritdoc/>
    public override void Wait() => CLException.ThrowIfFailed(clWaitForEvents(1, in _event));

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_event != 0)
        {
            CLException.ThrowIfFailed(clReleaseEvent(_event));
            _event = 0;
        }
    }

    [LibraryImport(GpuDrivers.OpenCL)]
    private static partial CLError clEnqueueMarkerWithWaitList(nint queue, uint count, nint events, out nint marker);

    [LibraryImport(GpuDrivers.OpenCL)]
    private static partial CLError clGetEventInfo(nint marker, uint name, nuint size, out int value, out nuint written);

    [LibraryImport(GpuDrivers.OpenCL)]
    private static partial CLError clWaitForEvents(uint count, in nint events);

    [LibraryImport(GpuDrivers.OpenCL)]
    private static partial CLError clReleaseEvent(nint marker);

    [LibraryImport(GpuDrivers.OpenCL)]
    private static partial CLError clFlush(nint queue);
}
