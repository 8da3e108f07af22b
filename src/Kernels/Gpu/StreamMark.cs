using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Autodiff.Kernels;

/// <summary>A place in a stream of work that the host can wait for without waiting for what comes after it.</summary>
internal abstract class StreamMark : IDisposable
{
    /// <summary>Whether the work before the mark is done.</summary>
    /// <exception cref="AcceleratorException">The work failed, or the device is lost.</exception>
    public abstract bool IsReached { get; }

    /// <summary>Marks the end of what a stream has been given so far.</summary>
    public static StreamMark Set(AcceleratorStream stream)
    {
        StreamMark mark = stream switch
        {
            CudaStream cuda => new CudaMark(cuda),
            CLStream openCL => new OpenCLMark(openCL),
            _ => new ReachedMark(),
        };
        mark.Renew();
        return mark;
    }

    /// <summary>Moves the mark to the end of what its stream has been given by now.</summary>
    public abstract void Renew();

    /// <summary>Waits until the work before the mark is done.</summary>
    /// <exception cref="AcceleratorException">The work failed, or the device is lost.</exception>
    public abstract void Wait();

    /// <summary>Forgets the mark.</summary>
    public abstract void Dispose();

    /// <summary>The emulator's: all work is done before the call returns that started it.</summary>
    private sealed class ReachedMark : StreamMark
    {
        public override bool IsReached => true;

        public override void Renew()
        {
        }

        public override void Wait()
        {
        }

        public override void Dispose()
        {
        }
    }
}
