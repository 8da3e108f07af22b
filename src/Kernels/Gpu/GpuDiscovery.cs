using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.IR;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Autodiff.Kernels;

/// <summary>Finds the CUDA and OpenCL devices of this machine and makes the emulator. Nothing here is touched, and ILGPU not loaded, unless a driver's library is present.</summary>
internal static class GpuDiscovery
{
    static GpuDiscovery() => GpuDrivers.Register();

    /// <summary>The CUDA devices, in the driver's order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Device[] FindCuda()
    {
        using Context context = Context.Create(builder => builder.Cuda());
        List<Device> devices = [];
        foreach (CudaDevice found in context.GetCudaDevices())
        {
            int index = devices.Count;
            LaunchProfile profile = LaunchProfile.Gpu(found.NumMultiprocessors);
            devices.Add(new GpuDevice(
                DeviceKind.Cuda, found.Name, () => Start(builder => builder.Cuda(), created => created.GetCudaDevice(index).CreateAccelerator(created), profile)));
        }
        return [.. devices];
    }

    /// <summary>The OpenCL devices that ILGPU can use (2.0 or later with the generic address space), in the loader's order, and whether each is a GPU.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (Device Device, bool IsGpu)[] FindOpenCL()
    {
        using Context context = Context.Create(builder => builder.OpenCL());
        List<(Device Device, bool IsGpu)> devices = [];
        foreach (CLDevice found in context.GetCLDevices())
        {
            int index = devices.Count;
            bool isGpu = found.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU);
            LaunchProfile profile = isGpu ? LaunchProfile.Gpu(found.NumMultiprocessors) : LaunchProfile.Processor(found.NumMultiprocessors);
            devices.Add((new GpuDevice(
                DeviceKind.OpenCL, found.Name, () => Start(builder => builder.OpenCL(), created => created.GetCLDevice(index).CreateAccelerator(created), profile)), isGpu));
        }
        return [.. devices];
    }

    /// <summary>ILGPU's CPU accelerator.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static GpuDevice MakeEmulator(LaunchProfile profile)
    {
        // Warps of 4 threads: few enough to be quick, several enough that barriers and lanes are put to the test.
        var emulated = new CPUDevice(numThreadsPerWarp: 4, numWarpsPerMultiprocessor: 16, numMultiprocessors: 1);
        return new GpuDevice(
            DeviceKind.Emulator, "Emulator", () => Start(builder => builder.CPU(emulated), created => created.GetCPUDevice(0).CreateAccelerator(created), profile));
    }

    /// <summary>What all contexts have in common. Level O1: ILGPU's uniformity analysis at O2 miscompiles divergent branches.</summary>
    public static Context.Builder Configure(Context.Builder builder)
    {
        DeviceMath.Register(builder.GetIntrinsicManager());
        return builder.Optimize(OptimizationLevel.O1).Inlining(InliningMode.Aggressive);
    }

    private static GpuDevice.Session Start(Action<Context.Builder> enable, Func<Context, Accelerator> create, LaunchProfile profile)
    {
        Context context = Context.Create(builder => enable(Configure(builder)));
        try
        {
            Accelerator accelerator = create(context);
            return new GpuDevice.Session(context, accelerator, accelerator.CreateStream(), profile);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }
}
