namespace Autodiff.Kernels;

public abstract partial class Device
{
    /// <summary>The CPU: managed SIMD kernels on all cores.</summary>
    public static Device Cpu { get; } = new CpuDevice();

    /// <summary>Where tensors are made unless a device is named.</summary>
    public static Device Default { get; set; } = Cpu;
}
