using Autodiff.Kernels;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class DevicesCommandTests
{
    [Fact]
    public async Task EveryDeviceIsListedUnderTheNameThatTheDeviceOptionTakes()
    {
        var devices = (await CommandLine.RunJson("devices")).GetProperty("devices").EnumerateArray().ToList();

        Assert.Equal(Device.All, devices.Select(device => Device.Parse(device.GetProperty("device").GetString()!)));
        Assert.Equal(Device.All.Select(device => device.Name), devices.Select(device => device.GetProperty("name").GetString()));
        Assert.Equal("cpu", devices[0].GetProperty("device").GetString());
        Assert.Equal(Device.Best.Name, devices.Single(device => device.GetProperty("best").GetBoolean()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task ThereIsALinePerDevice()
    {
        var (code, output, _) = await CommandLine.Run("devices");

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(Device.All.Count, output.TrimEnd().Split('\n').Length);
        Assert.StartsWith("cpu ", output, StringComparison.Ordinal);
        Assert.Contains(Device.Cpu.Name, output);
    }
}
