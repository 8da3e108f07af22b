namespace Autodiff.Kernels;

/// <summary>What runs the kernels.</summary>
public enum DeviceKind
{
    /// <summary>The managed SIMD kernels, on all cores.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, through ILGPU.</summary>
    Cuda,

    /// <summary>An OpenCL device, through ILGPU.</summary>
    OpenCL,

    /// <summary>ILGPU's CPU accelerator: the GPU kernels without a GPU; slow, for tests.</summary>
    Emulator,
}
