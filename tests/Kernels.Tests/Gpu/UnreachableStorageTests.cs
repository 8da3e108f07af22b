using System.Runtime.CompilerServices;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class UnreachableStorageTests
{
    // ILGPU's buffers have finalizers of their own: they must not run while the pool goes on lending the memory.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void MemoryThatTheCollectorReturnsCanBeUsedAgain(string name)
    {
        Device device = Device.Parse(name);
        for (int round = 0; round < 3; round++)
        {
            Forget(device);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        using Storage<float> again = new(device, 1000);
        device.Fill(new View<float>(again, new Layout([1000])), 3f);
        float[] values = new float[1000];
        device.Download(again, 0, values);
        Assert.All(values, value => Assert.Equal(3f, value));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(Device device)
    {
        for (int i = 0; i < 5; i++)
        {
            new Storage<float>(device, 1000).ReturnWhenUnreachable();
        }
    }
}
