using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class IndexingTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void GathersScattersAndAccumulates(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var random = new Random(16);
            for (int axis = 0; axis < 3; axis++)
            {
                Shape many = [4, 5, 6], few = many.With(axis, 3);
                T[] large = Arrays.Random<T>(120, 17), small = Arrays.Random<T>(120, 18);
                foreach (Layout source in (Layout[])[new(many), new Layout([6, 5, 4]).Permute([2, 1, 0])])
                {
                    int[] indices = [.. Enumerable.Range(0, few.Count).Select(_ => random.Next(many[axis]))];
                    Arrays.AssertClose(Gather(Device.Cpu), Gather(device), 0);
                    Arrays.AssertClose(Scatter(Device.Cpu), Scatter(device), Arrays.Tolerance<T>());
                    Arrays.AssertClose(Accumulate(Device.Cpu, false), Accumulate(device, false), 0);
                    Arrays.AssertClose(Accumulate(Device.Cpu, true), Accumulate(device, true), 0);

                    T[] Gather(Device on)
                    {
                        View<T> y = on.View(few, new T[few.Count]);
                        on.Gather(on.View(source, large), on.View(few, indices), y, axis);
                        return y.Storage();
                    }

                    T[] Scatter(Device on)
                    {
                        View<T> y = on.View(source, large);
                        on.ScatterAdd(on.View(few, small[..few.Count]), on.View(few, indices), y, axis);
                        return y.Storage();
                    }

                    T[] Accumulate(Device on, bool reverse)
                    {
                        View<T> y = on.View(many, new T[120]);
                        on.CumulativeSum(on.View(source, large), y, axis, reverse);
                        return y.Storage();
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void AcceptsEmptyAxes(string name)
    {
        Device device = Device.Parse(name);
        View<float> none = device.View<float>([0, 3], new float[1]), sums = device.View<float>([2, 3], 1, 2, 3, 4, 5, 6);
        View<int> nowhere = device.View<int>([0, 3], new int[1]);
        device.Gather(sums, nowhere, none, 0);
        device.ScatterAdd(none, nowhere, sums, 0);
        device.CumulativeSum(none, none, 0, false);
        Assert.Equal([1, 2, 3, 4, 5, 6], sums.Storage());
    }
}
