using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Autodiff.Kernels;

/// <summary>Launches that CUDA's driver keeps as one, with their arguments: a CUDA graph, captured from a stream.</summary>
/// <remarks>The functions are those of cuda.h; ILGPU has none of them.</remarks>
internal sealed partial class CudaGraph : IDisposable
{
    // Other modes would refuse what other threads ask of the driver meanwhile, such as memory on another stream.
    private const int RelaxedCapture = 2;

    private readonly Accelerator _accelerator;
    private readonly CudaStream _stream;
    private nint _executable;

    private CudaGraph(Accelerator accelerator, CudaStream stream, nint executable) => (_accelerator, _stream, _executable) = (accelerator, stream, executable);

    /// <summary>Makes a graph of what is launched on a stream, which does not run meanwhile. No other thread may use the stream.</summary>
    /// <exception cref="AcceleratorException">The driver refused. The stream is as it was, and nothing has run.</exception>
    public static CudaGraph Capture(Accelerator accelerator, CudaStream stream, IEnumerable<Command> commands)
    {
        using ScopedAcceleratorBinding binding = accelerator.BindScoped();
        nint graph = 0;
        try
        {
            CudaException.ThrowIfFailed(cuStreamBeginCapture_v2(stream.StreamPtr, RelaxedCapture));
            CudaError ended;
            try
            {
                foreach (Command command in commands)
                {
                    command.Run();
                }
            }
            finally
            {
                ended = cuStreamEndCapture(stream.StreamPtr, out graph);
            }

            CudaException.ThrowIfFailed(ended);
            CudaException.ThrowIfFailed(cuGraphInstantiateWithFlags(out nint executable, graph, 0));
            return new CudaGraph(accelerator, stream, executable);
        }
        finally
        {
            if (graph != 0)
            {
                _ = cuGraphDestroy(graph);
            }
        }
    }

    /// <summary>Runs it, in the order of the stream's work.</summary>
    /// <exception cref="AcceleratorException">The driver refused.</exception>
    public void Launch()
    {
        using ScopedAcceleratorBinding binding = _accelerator.BindScoped();
        CudaException.ThrowIfFailed(cuGraphLaunch(_executable, _stream.StreamPtr));
    }

    /// <summary>Gives it back; a run that is under way goes on to its end.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _executable, 0) is var executable && executable != 0)
        {
            using ScopedAcceleratorBinding binding = _accelerator.BindScoped();
            _ = cuGraphExecDestroy(executable);
        }
    }

    [LibraryImport(GpuDrivers.Cuda)]
    private static partial CudaError cuStreamBeginCapture_v2(nint stream, int mode);

    [LibraryImport(GpuDrivers.Cuda)]
    private static partial CudaError cuStreamEndCapture(nint stream, out nint graph);

    [LibraryImport(GpuDrivers.Cuda)]
    private static partial CudaError cuGraphInstantiateWithFlags(out nint executable, nint graph, ulong flags);

    [LibraryImport(GpuDrivers.Cuda)]
    private static partial CudaError cuGraphLaunch(nint executable, nint stream);

    [LibraryImport(GpuDrivers.Cuda)]
    private static partial CudaError cuGraphDestroy(nint graph);

    [LibraryImport(GpuDrivers.Cuda)]
    private static partial CudaError cuGraphExecDestroy(nint executable);
}
