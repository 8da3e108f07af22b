using System.Runtime.CompilerServices;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class TransferTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void UploadsGoRoundTheRingOfBuffers(string name)
    {
        if (TestDevices.Own(name) is not GpuDevice device)
        {
            // The CPU has no such ring.
            return;
        }

        device.StagingBytes = 1024;
        var random = new Random(71);
        using var storage = new Storage<float>(device, 5000);
        var expected = new float[5000];
        device.Upload<float>(expected, storage, 0);
        for (int i = 0; i < 200; i++)
        {
            int start = random.Next(5000), count = random.Next(i % 10 == 0 ? 5001 - start : Math.Min(100, 5001 - start));
            float[] values = Arrays.Random<float>(count, i);
            values.CopyTo(expected, start);
            device.Upload<float>(values, storage, start);
            // What was handed over is the caller's again at once.
            Array.Fill(values, float.NaN);
        }
        var actual = new float[5000];
        device.Download(storage, 0, actual);
        Assert.Equal(expected, actual);
    }

    [Theory, MemberData(nameof(Devices))]
    public void ReadsTheValuesOfThen(string name)
    {
        Device device = Device.Parse(name);
        var storage = new Storage<double>(device, 6);
        View<double> x = new(storage, new Layout([6]));
        device.Upload<double>([1, 2, 3, 4, 5, 6], storage, 0);
        PendingRead<double> some = device.BeginDownload(storage, 2, 3), one = device.BeginDownload(storage, 5, 1), none = device.BeginDownload(storage, 6, 0);
        device.Fill(x, 9.0);
        PendingRead<double> later = device.BeginDownload(storage, 0, 1);
        storage.Dispose();
        using var other = new Storage<double>(device, 6);
        device.Fill(new View<double>(other, new Layout([6])), -1.0);
        Assert.Equal([3, 4, 5], some.ToArray());
        Assert.Equal(9, later.Item());
        Assert.Equal(6, one.Item());
        Assert.Equal(6, one.Item());
        Assert.True(one.IsCompleted);
        Assert.Empty(none.ToArray());
        Assert.Contains("ToArray", Assert.Throws<InvalidOperationException>(() => some.Item()).Message);
        // Callers own their arrays.
        some.ToArray()[0] = 0;
        Assert.Equal(3, some.ToArray()[0]);
    }

    [Theory, MemberData(nameof(Devices))]
    public void NobodyWaitsForTransfers(string name)
    {
        Device device = TestDevices.Own(name);
        using var storage = new Storage<float>(device, 100_000);
        View<float> x = new(storage, new Layout([100_000]));
        float[] values = Arrays.Random<float>(1000, 3);
        device.Fill(x, 1f);
        long waits = device.HostWaits;
        for (int i = 0; i < 100; i++)
        {
            device.Upload<float>(values, storage, 1000 * i);
        }

        PendingRead<float> read = device.BeginDownload(storage, 99_000, 1000);
        device.Fill(x, 2f);
        // It arrives without being asked for.
        Assert.True(SpinWait.SpinUntil(() => read.IsCompleted, TimeSpan.FromMinutes(1)));
        Assert.Equal(values, read.ToArray());
        Assert.Equal(waits, device.HostWaits);
    }

    [Theory, MemberData(nameof(Devices))]
    public void ReadsThatNobodyAsksForLeaveNothingBehind(string name)
    {
        if (TestDevices.Own(name) is not GpuDevice device)
        {
            // The CPU has no buffers for reads.
            return;
        }

        using var storage = new Storage<float>(device, 1000);
        device.Fill(new View<float>(storage, new Layout([1000])), 1f);
        for (int round = 0; round < 5; round++)
        {
            Forget();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(device.ReadBufferCount, 1, 20);
        Assert.Equal(1f, device.BeginDownload(storage, 999, 1).Item());

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Forget()
        {
            for (int i = 0; i < 10; i++)
            {
                _ = device.BeginDownload(storage, i, 1);
            }
        }
    }

    [Fact]
    public void TheCpuReadsAtOnce()
    {
        using var storage = new Storage<float>(Device.Cpu, 2);
        Device.Cpu.Upload<float>([1, 2], storage, 0);
        PendingRead<float> read = Device.Cpu.BeginDownload(storage, 0, 2);
        Assert.True(read.IsCompleted);
        Device.Cpu.Upload<float>([3, 4], storage, 0);
        Assert.Equal([1, 2], read.ToArray());
    }
}
