using System.Runtime.Intrinsics;
using Autodiff.Kernels;
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

    /// <summary>Asks for what no GPU has.</summary>
    public readonly struct Uncompilable : IUnaryKernel<float>
    {
        public float Invoke(float x) => Environment.TickCount64.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;

        public Vector256<float> Invoke(Vector256<float> x) => x;
    }
}
