using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>
/// The devices that device tests run on: AUTODIFF_TEST_DEVICES, a comma list of cpu, emulator, opencl and cuda; by default the CPU, the emulator and any GPU.
/// A device that is listed and absent fails its tests; it is never skipped.
/// </summary>
internal static class TestDevices
{
    public static IReadOnlyList<string> Names { get; } =
        Environment.GetEnvironmentVariable("AUTODIFF_TEST_DEVICES") is { Length: > 0 } list
            ? list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : Device.Best == Device.Cpu ? ["cpu", "emulator"] : ["cpu", "emulator", "best"];

    public static Device Find(string name) => Device.Parse(name);

    /// <summary>A device whose memory no other test uses, nor the garbage collector returns for one; GPUs are shared.</summary>
    public static Device Own(string name) => name switch
    {
        "cpu" => new CpuDevice(),
        "emulator" => GpuDiscovery.MakeEmulator(LaunchProfile.Emulator),
        _ => Find(name),
    };

    /// <summary>Every name on every device.</summary>
    public static TheoryData<string, string> Times(IEnumerable<string> cases)
    {
        TheoryData<string, string> data = [];
        foreach (string device in Names)
        {
            foreach (string name in cases)
            {
                data.Add(device, name);
            }
        }
        return data;
    }
}
