namespace Autodiff.Kernels;

/// <summary>What to do about a device that failed, by the driver's name of the error.</summary>
internal static class GpuFailure
{
    /// <summary>One sentence or two for people.</summary>
    public static string Advice(string? error) => error switch
    {
        "CUDA_ERROR_ILLEGAL_ADDRESS" or "CUDA_ERROR_MISALIGNED_ADDRESS" or "CUDA_ERROR_ILLEGAL_INSTRUCTION" or "CUDA_ERROR_INVALID_ADDRESS_SPACE" =>
            "A kernel went wrong, which is a mistake in this library: please report it, with the program that shows it.",
        "CUDA_ERROR_LAUNCH_TIMEOUT" =>
            "A kernel ran into the time limit of a GPU that drives a display: use another GPU, or smaller batches.",
        "CUDA_ERROR_ECC_UNCORRECTABLE" or "CUDA_ERROR_HARDWARE_STACK_ERROR" =>
            "Its memory or the GPU itself is faulty: reset it, or have it replaced; the driver's log (dmesg, nvidia-smi -q) says more.",
        "CUDA_ERROR_NO_DEVICE" or "CUDA_ERROR_INVALID_DEVICE" or "CUDA_ERROR_DEVICE_UNAVAILABLE" or "CL_DEVICE_NOT_AVAILABLE" or "CL_DEVICE_NOT_FOUND" =>
            "The driver cannot reach it any more: see that nvidia-smi, or clinfo -l, lists it, and that no other program holds it for itself.",
        _ => "Start the program again; if the failure comes back, look at the driver's log (dmesg, nvidia-smi).",
    };
}
