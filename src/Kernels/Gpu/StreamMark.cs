using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Autodiff.Kernels;

/// <summary>A place in a stream of work that the host can wait for without waiting for what comes after it.</summary>
/// <remarks>On CUDA an event. Other devices with one have run all that was started before a copy returns (the emulator).</remarks>
internal sealed class StreamMark : IDisposable
{
    private readonly Accelerator _accelerator;
    private nint _event;

    private StreamMark(Accelerator accelerator, nint created)
    {
        _accelerator = accelerator;
        _event = created;
    }

    /// <summary>Whether the work before the mark is done.</summary>
    public bool IsReached
    {
        get
        {
            if (_event == 0)
            {
                return true;
            }

            using ScopedAcceleratorBinding binding = _accelerator.BindScoped();
            CudaError error = CudaAPI.CurrentAPI.QueryEvent(_event);
            if (error == CudaError.CUDA_ERROR_NOT_READY)
            {
                return false;
            }

            CudaException.ThrowIfFailed(error);
            return true;
        }
    }

    /// <summary>Marks the end of what a stream has been given so far.</summary>
    public static StreamMark Set(Accelerator accelerator, AcceleratorStream stream)
    {
        if (stream is not CudaStream cuda)
        {
            return new StreamMark(accelerator, 0);
        }

        using ScopedAcceleratorBinding binding = accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.CreateEvent(out nint created, CudaEventFlags.CU_EVENT_DISABLE_TIMING));
        StreamMark mark = new(accelerator, created);
        mark.Renew(stream);
        return mark;
    }

    /// <summary>Moves the mark to the end of what its stream has been given by now.</summary>
    public void Renew(AcceleratorStream stream)
    {
        if (_event == 0)
        {
            return;
        }

        using ScopedAcceleratorBinding binding = _accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.RecordEvent(_event, ((CudaStream)stream).StreamPtr));
    }

    /// <summary>Waits until the work before the mark is done.</summary>
    public void Wait()
    {
        if (_event == 0)
        {
            return;
        }

        using ScopedAcceleratorBinding binding = _accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.SynchronizeEvent(_event));
    }

    /// <summary>Forgets the mark.</summary>
    public void Dispose()
    {
        if (_event == 0)
        {
            return;
        }

        using ScopedAcceleratorBinding binding = _accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.DestroyEvent(_event));
        _event = 0;
    }
}
