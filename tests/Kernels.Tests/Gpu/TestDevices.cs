using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>The devices under test: AUTODIFF_TEST_DEVICES (a comma list of cpu, emulator, opencl, cuda), by default the emulator and any GPU.</summary>
/// <remarks>A device that is listed and absent fails its tests; it is never skipped.</remarks>
public static class TestDevices
{
    /// <summary>The names as rows of a theory.</summary>
    public static TheoryData<string> Names
    {
        get
        {
            TheoryData<string> rows = [];
            string[] names = Environment.GetEnvironmentVariable("AUTODIFF_TEST_DEVICES") is { Length: > 0 } list
                ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : Device.Best == Device.Cpu ? ["emulator"] : ["emulator", "best"];
            foreach (string name in names)
            {
                rows.Add(name);
            }

            return rows;
        }
    }

    /// <summary>A device that no other test uses, of a kind that has a name.</summary>
    internal static Device Own(string name) => Device.Parse(name).Kind switch
    {
        DeviceKind.Cpu => new CpuDevice(),
        DeviceKind.Emulator => GpuDiscovery.MakeEmulator(LaunchProfile.Emulator),
        DeviceKind.OpenCL => GpuDiscovery.FindOpenCL()[0].Device,
        _ => GpuDiscovery.FindCuda()[0],
    };
}
