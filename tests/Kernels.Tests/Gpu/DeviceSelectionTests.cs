using System.Diagnostics;
using System.Reflection;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class DeviceSelectionTests
{
    [Theory]
    [InlineData("cpu", DeviceKind.Cpu)]
    [InlineData(" CPU ", DeviceKind.Cpu)]
    [InlineData("Emulator", DeviceKind.Emulator)]
    public void ParsesNames(string name, DeviceKind kind) => Assert.Equal(kind, Device.Parse(name).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("opencl:0:1")]
    [InlineData("cpu:0")]
    public void RefusesOtherNames(string name)
    {
        var e = Assert.Throws<ArgumentException>(() => Device.Parse(name));
        Assert.Contains("cuda:1", e.Message);
    }

    [Theory]
    [InlineData("cuda:97", "CUDA device 97", "nvidia-smi")]
    [InlineData("opencl:97", "OpenCL device 97", "clinfo")]
    public void SaysWhatWasFoundAndWhatToDo(string name, string what, string advice)
    {
        var e = Assert.Throws<DeviceNotFoundException>(() => Device.Parse(name));
        Assert.Contains(what, e.Message);
        Assert.Contains("Cpu (CPU)", e.Message);
        Assert.Contains(advice, e.Message);
    }

    [Fact]
    public void GivesTheSameInstanceEachTime()
    {
        Assert.Same(Device.Emulator, Device.Emulator);
        Assert.Same(Device.Best, Device.Best);
        Assert.Equal(Device.All, Device.All);
        Assert.Contains(Device.Cpu, Device.All);
        Assert.Contains(Device.Best, Device.All);
    }

    [Fact]
    public void TheDefaultCanBeSet()
    {
        Device before = Device.Default;
        try
        {
            Device.Default = Device.Emulator;
            Assert.Same(Device.Emulator, Device.Default);
            Assert.Throws<ArgumentNullException>(() => Device.Default = null!);
        }
        finally
        {
            Device.Default = before;
        }
    }

    /// <summary>Run in a process of its own: this one has long loaded ILGPU.</summary>
    [Theory]
    [InlineData(null, "")]
    [InlineData("cpu", "")]
    [InlineData("emulator", "")]
    [InlineData("cuda:97", "AUTODIFF_DEVICE is 'cuda:97'")]
    [InlineData("nonsense", "AUTODIFF_DEVICE is 'nonsense'")]
    public async Task TheEnvironmentChoosesTheDefaultAndILGPUIsLoadedForGpusAlone(string? value, string message)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AUTODIFF_DEVICE"] = value ?? "";
        start.Environment[DefaultDeviceProbe.Variable] = "1";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (message.Length > 0)
        {
            Assert.Contains(message, output);
            return;
        }
        string kind = value switch { null => Device.Best.Kind.ToString(), "emulator" => nameof(DeviceKind.Emulator), _ => nameof(DeviceKind.Cpu) };
        Assert.Contains($"kind {kind}", output);
        if (value == "cpu" || (value is null && Device.All.Count == 1))
        {
            Assert.Contains("ILGPU False", output);
        }
    }

    [Fact]
    public void RefusesTensorsOfAnotherDevice()
    {
        View<float> x = Device.Cpu.View([2], 1f, 2f), y = Device.Emulator.View([2], 0f, 0f);
        var e = Assert.Throws<ArgumentException>(() => Device.Emulator.Map(x, y, new Negate<float>()));
        Assert.Contains("CPU", e.Message);
    }

    [Theory, MemberData(nameof(Devices))]
    public void ThreadsMayShareADevice(string name)
    {
        Device device = Device.Parse(name);
        Parallel.For(0, 8, thread =>
        {
            View<float> x = device.View([100], Enumerable.Repeat((float)thread, 100).ToArray()), y = device.View([100], new float[100]);
            for (int i = 0; i < 20; i++)
            {
                device.Map(x, y, new Affine<float>(2, i));
            }

            Assert.Equal(Enumerable.Repeat(2f * thread + 19, 100), y.Storage());
            x.Storage.Dispose();
            y.Storage.Dispose();
        });
    }

    [Theory, MemberData(nameof(Devices))]
    public void LaunchesAllocateNothing(string name)
    {
        Device device = Device.Parse(name);
        if (device.Kind is DeviceKind.Emulator)
        {
            return;
        }

        View<float> x = device.View([100], new float[100]);
        device.Map(x, x, new Negate<float>());
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            device.Map(x, x, new Negate<float>());
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public static TheoryData<string> Devices => TestDevices.Names;
}
