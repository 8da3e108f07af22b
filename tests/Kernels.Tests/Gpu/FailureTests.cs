using System.Runtime.Intrinsics;
using Autodiff.Kernels;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace Kernels.Tests.Gpu;

public class FailureTests
{
    [Fact]
    public void AKernelThatDoesNotCompileIsNamedThenAndAfterwards()
    {
        Device device = GpuDiscovery.MakeEmulator(LaunchProfile.Emulator);
        View<float> x = device.View([2], 1f, 2f);
        var first = Assert.Throws<DeviceException>(() => device.Map(x, x, new Uncompilable()));
        Assert.Contains(nameof(Uncompilable), first.Message);
        var later = Assert.Throws<DeviceException>(() => device.Map(x, x, new Negate<float>()));
        Assert.Contains(nameof(Uncompilable), later.Message);
        Assert.Throws<DeviceException>(device.Synchronize);
    }

    [Fact]
    public void MemoryThatRunsOutIsReportedAsSuch()
    {
        Device device = GpuDiscovery.MakeEmulator(LaunchProfile.Emulator);
        Assert.Throws<OutOfMemoryException>(() => device.Pool.Rent(1L << 60));
        View<float> x = device.View([2], 1f, 2f);
        device.Map(x, x, new Negate<float>());
        Assert.Equal([-1f, -2f], x.Storage());
    }

    [Fact]
    public void ALimitFreesTheCacheOnceAndIsThenReported()
    {
        Device device = GpuDiscovery.MakeEmulator(LaunchProfile.Emulator);
        new Storage<float>(device, 1000).Dispose();
        device.MemoryLimit = 8192;
        using var kept = new Storage<float>(device, 1500);
        Assert.True(device.Memory.Reserved <= 8192, $"{device.Memory}");
        string message = Assert.Throws<OutOfMemoryException>(() => new Storage<float>(device, 2000)).Message;
        Assert.Contains("for 8192 bytes", message);
        Assert.Contains("limit is 8192", message);
        Assert.Contains("in use in 1 blocks", message);
        device.Fill(new View<float>(kept, new Layout([1500])), 2f);
        device.MemoryLimit = long.MaxValue;
        using var more = new Storage<float>(device, 2000);
        Assert.Throws<ArgumentOutOfRangeException>(() => device.MemoryLimit = -1);
    }

    [Fact]
    public void ALostDeviceSaysSoAndWhatToDo()
    {
        var device = new GpuDevice(DeviceKind.OpenCL, "A GPU", () => throw new CLException(CLError.CL_DEVICE_NOT_AVAILABLE));
        for (int attempt = 0; attempt < 2; attempt++)
        {
            string message = Assert.Throws<DeviceException>(() => new Storage<float>(device, 1)).Message;
            Assert.StartsWith("A GPU failed", message);
            Assert.Contains("clinfo -l", message);
            Assert.Contains("AUTODIFF_DEVICE=cpu", message);
        }
    }

    [Theory]
    [InlineData("CUDA_ERROR_ILLEGAL_ADDRESS", "report it")]
    [InlineData("CUDA_ERROR_LAUNCH_TIMEOUT", "display")]
    [InlineData("CUDA_ERROR_ECC_UNCORRECTABLE", "faulty")]
    [InlineData("CUDA_ERROR_NO_DEVICE", "nvidia-smi")]
    [InlineData("CUDA_ERROR_UNKNOWN", "Start the program again")]
    [InlineData(null, "Start the program again")]
    public void WhatToDoDependsOnTheError(string? error, string advice) => Assert.Contains(advice, GpuFailure.Advice(error));

    /// <summary>Asks for what no GPU has.</summary>
    public readonly struct Uncompilable : IUnaryKernel<float>
    {
        public float Invoke(float x) => Environment.TickCount64.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;

        public Vector256<float> Invoke(Vector256<float> x) => x;
    }
}
