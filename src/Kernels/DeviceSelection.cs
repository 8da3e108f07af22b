using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Autodiff.Kernels;

public abstract partial class Device
{
    private const string Variable = "AUTODIFF_DEVICE";
    private const string GpuSwitch = "Autodiff.GpuDevices";

    private static readonly Lazy<Device[]> CudaDevices = new(() => HasGpuSupport && HasLibrary("libcuda.so.1", "nvcuda.dll") ? GpuDiscovery.FindCuda() : []);
    private static readonly Lazy<(Device Device, bool IsGpu)[]> OpenCLDevices = new(() => HasGpuSupport && HasLibrary("libOpenCL.so.1", "OpenCL.dll") ? GpuDiscovery.FindOpenCL() : []);
    private static readonly Lazy<Device> TheEmulator = new(() => HasGpuSupport
        ? GpuDiscovery.MakeEmulator(LaunchProfile.Emulator)
        : throw new DeviceNotFoundException($"This program was published with {GpuSwitch} set to false, which leaves out all devices but the CPU. Remove that setting."));
    private static readonly Lazy<Device> TheBest = new(FindBest);

    private static volatile Device? s_default;

    // Where a program that is trimmed or compiled ahead of time sets the switch to false, this is a constant, and ILGPU is left out.
    [FeatureSwitchDefinition(GpuSwitch)]
    private static bool HasGpuSupport => !AppContext.TryGetSwitch(GpuSwitch, out bool isOn) || isOn;

    /// <summary>The CPU: managed SIMD kernels on all cores.</summary>
    public static Device Cpu { get; } = new CpuDevice();

    /// <summary>ILGPU's CPU accelerator: runs the GPU kernels without a GPU; slow, for tests.</summary>
    public static Device Emulator => TheEmulator.Value;

    /// <summary>The first NVIDIA GPU, else the first OpenCL device that is a GPU, else the CPU.</summary>
    public static Device Best => TheBest.Value;

    /// <summary>Every device of this machine: the CPU, then CUDA's, then OpenCL's.</summary>
    public static IReadOnlyList<Device> All => [Cpu, .. CudaDevices.Value, .. OpenCLDevices.Value.Select(found => found.Device)];

    /// <summary>Where tensors are made unless a device is named: what the environment variable AUTODIFF_DEVICE names (see <see cref="Parse"/>), else <see cref="Best"/>.</summary>
    /// <exception cref="DeviceNotFoundException">The environment names a device that this machine does not have.</exception>
    public static Device Default
    {
        get => s_default ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? FromEnvironment(name) : Best;
        set => s_default = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>An NVIDIA GPU.</summary>
    /// <param name="index">Its number in the driver's order (see CUDA_VISIBLE_DEVICES).</param>
    /// <exception cref="DeviceNotFoundException">There is no such device.</exception>
    public static Device Cuda(int index = 0) =>
        index >= 0 && index < CudaDevices.Value.Length
            ? CudaDevices.Value[index]
            : throw NotFound($"CUDA device {index}", "An NVIDIA GPU needs its driver (libcuda.so.1, on Windows nvcuda.dll); `nvidia-smi` lists what the driver sees. The CUDA toolkit is not needed.");

    /// <summary>An OpenCL device: a GPU, or a CPU under a driver such as PoCL.</summary>
    /// <param name="index">Its number in the order of <see cref="All"/>.</param>
    /// <exception cref="DeviceNotFoundException">There is no such device.</exception>
    public static Device OpenCL(int index = 0) =>
        index >= 0 && index < OpenCLDevices.Value.Length
            ? OpenCLDevices.Value[index].Device
            : throw NotFound($"OpenCL device {index}", "OpenCL needs the loader (libOpenCL.so.1; Debian: ocl-icd-libopencl1) and a driver of version 2.0 or later with the generic address space; `clinfo -l` lists devices. NVIDIA's driver lacks it: use cuda.");

    /// <summary>The device that a name stands for: cpu, cuda, cuda:1, opencl, opencl:1, emulator or best.</summary>
    /// <exception cref="ArgumentException">The name is none of these.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such device.</exception>
    public static Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Trim().ToLowerInvariant().Split(':');
        int index = 0;
        bool isNumbered = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index);
        return (parts[0], parts.Length == 1, isNumbered) switch
        {
            ("cpu", true, _) => Cpu,
            ("emulator", true, _) => Emulator,
            ("best", true, _) => Best,
            ("cuda", true, _) or ("cuda", _, true) => Cuda(index),
            ("opencl", true, _) or ("opencl", _, true) => OpenCL(index),
            _ => throw new ArgumentException($"'{name}' is no device; write cpu, cuda, cuda:1, opencl, opencl:1, emulator or best.", nameof(name)),
        };
    }

    private static Device FindBest()
    {
        if (CudaDevices.Value.Length > 0)
        {
            return CudaDevices.Value[0];
        }

        foreach ((Device device, bool isGpu) in OpenCLDevices.Value)
        {
            if (isGpu)
            {
                return device;
            }
        }
        return Cpu;
    }

    private static Device FromEnvironment(string name)
    {
        try
        {
            return Parse(name);
        }
        catch (Exception e) when (e is ArgumentException or DeviceNotFoundException)
        {
            throw new DeviceNotFoundException($"The environment variable {Variable} is '{name}'. {e.Message}");
        }
    }

    private static DeviceNotFoundException NotFound(string what, string advice) =>
        new($"There is no {what}. Found: {string.Join(", ", All.Select(found => $"{found.Kind} ({found.Name})"))}. {advice}");

    private static bool HasLibrary(string linux, string windows) =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? windows : linux, out _);
}
