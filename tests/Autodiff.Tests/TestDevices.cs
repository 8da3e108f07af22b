using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>The devices that device tests run on: AUTODIFF_TEST_DEVICES, a comma list of cpu, emulator, opencl and cuda; the CPU if it is not set.</summary>
internal static class TestDevices
{
    private const string Variable = "AUTODIFF_TEST_DEVICES";

    public static IReadOnlyList<string> Names { get; } =
        (Environment.GetEnvironmentVariable(Variable) ?? "cpu").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Device Find(string name) => name switch
    {
        "cpu" => Device.Cpu,
        _ => throw new InvalidOperationException($"{Variable} names '{name}', which this build does not have; it has cpu."),
    };

    /// <summary>Every name on every device.</summary>
    public static TheoryData<string, string> Times(IEnumerable<string> cases)
    {
        TheoryData<string, string> data = [];
        foreach (string device in Names)
        {
            foreach (string name in cases)
                data.Add(device, name);
        }
        return data;
    }
}
