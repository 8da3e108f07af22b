using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Autodiff.Kernels;

/// <summary>An event of CUDA's driver.</summary>
internal sealed class CudaMark : StreamMark
{
    private readonly CudaStream _stream;
    private nint _event;

    /// <summary>An event that is nowhere yet.</summary>
    public CudaMark(CudaStream stream)
    {
        _stream = stream;
        using ScopedAcceleratorBinding binding = stream.Accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.CreateEvent(out _event, CudaEventFlags.CU_EVENT_DISABLE_TIMING));
    }

    /// <inheritdoc/>
    public override bool IsReached
    {
        get
        {
            using ScopedAcceleratorBinding binding = _stream.Accelerator.BindScoped();
            CudaError error = CudaAPI.CurrentAPI.QueryEvent(_event);
            if (error == CudaError.CUDA_ERROR_NOT_READY)
            {
                return false;
            }

            CudaException.ThrowIfFailed(error);
            return true;
        }
    }

    /// <inheritdoc/>
    public override void Renew()
    {
        using ScopedAcceleratorBinding binding = _stream.Accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.RecordEvent(_event, _stream.StreamPtr));
    }

    /// <inheritdoc/>
    public override void Wait()
    {
        using ScopedAcceleratorBinding binding = _stream.Accelerator.BindScoped();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.SynchronizeEvent(_event));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_event != 0)
        {
            using ScopedAcceleratorBinding binding = _stream.Accelerator.BindScoped();
            CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.DestroyEvent(_event));
            _event = 0;
        }
    }
}
