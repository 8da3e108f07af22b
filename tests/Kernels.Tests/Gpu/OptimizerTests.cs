using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Optimizers' steps of many parameters at once on a GPU's kernels, against the CPU's.</summary>
[CollectionDefinition(nameof(OptimizerTests), DisableParallelization = true)]
[Collection(nameof(OptimizerTests))]
public class OptimizerTests
{
    private static readonly int[] Sizes = [1, 100, 0, 7, 300, 2, 33, 5, 8, 64, 3, 4, 0, 12, 6, 31, 1, 9, 10, 40];

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string device in TestDevices.Names.Select(row => row.Data))
            {
                foreach (int parameters in (int[])[1, 16, 17, 100])
                {
                    cases.Add(device, parameters);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Cases))]
    public void AdamUpdatesEachParameter(string name, int parameters)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((double decay, bool decoupled) in ((double, bool)[])[(0, false), (0.1, false), (0.1, true)])
            {
                Compare<T>(Device.Parse(name), parameters, (device, arrays, step) => device.Adam<T>(
                    [.. arrays.Select(a => new AdamParameter<T>(a[0], a[1], a[2], a[3]))], new AdamStep(step, 0.01, 0.9, 0.999, 1e-8, decay, decoupled)));
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void SgdUpdatesEachParameter(string name, int parameters)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach (SgdStep numbers in (SgdStep[])[new(0.1, 0, false, 0), new(0.1, 0, false, 0.1), new(0.1, 0.9, false, 0), new(0.1, 0.9, false, 0.1), new(0.1, 0.9, true, 0.1)])
            {
                Compare<T>(Device.Parse(name), parameters, (device, arrays, _) => device.Sgd<T>(
                    [.. arrays.Select(a => new SgdParameter<T>(a[0], a[1], numbers.Momentum > 0 ? a[2] : default))], numbers));
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void NothingToUpdateIsNoError(string name)
    {
        Device device = Device.Parse(name);
        device.Sgd<float>([], new SgdStep(0.1, 0, false, 0));
        View<float> empty = device.View<float>(new Layout([4]).Slice(0, 0, 0), 1, 2, 3, 4);
        device.Sgd<float>([new(empty, empty, empty)], new SgdStep(0.1, 0.9, false, 0));
        device.Adam<float>([new(empty, empty, empty, empty)], new AdamStep(1, 0.01, 0.9, 0.999, 1e-8, 0, false));
        Assert.Equal([1, 2, 3, 4], empty.Storage());
    }

    /// <summary>Gradients lie elsewhere in every step, at more places than a device could keep in mind; several optimizers of unlike lengths take turns.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void ParametersAndGradientsMayMove(string name)
    {
        Device device = Device.Parse(name);
        View<float>[] gradients = [.. Enumerable.Range(0, 100).Select(i => device.View<float>([5], i, i, i, i, i))];
        View<float>[] parameters = [.. Enumerable.Range(0, 70).Select(_ => device.View<float>([5], 0, 0, 0, 0, 0))];
        int[] expected = new int[parameters.Length];
        var random = new Random(3);
        // Which places come back, and after how long, is a matter of chance.
        for (int step = 0; step < 100; step++)
        {
            int count = random.Next(1, step < 50 ? 30 : parameters.Length + 1), first = random.Next(step % 3 == 0 ? 2 : 30);
            device.Sgd<float>([.. Enumerable.Range(0, count).Select(i => new SgdParameter<float>(parameters[i], gradients[first + i], default))], new SgdStep(1, 0, false, 0));
            for (int i = 0; i < count; i++)
            {
                expected[i] -= first + i;
            }
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.All(parameters[i].Storage(), value => Assert.Equal(expected[i], value));
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void ASteadyLoopNeitherWaitsNorAllocates(string name)
    {
        Device device = Device.Parse(name);
        foreach (int count in (int[])[1, 20, 100])
        {
            SgdParameter<double>[] parameters = [.. Enumerable.Range(0, count).Select(_ => new SgdParameter<double>(Make(), Make(), Make()))];
            Step(0);
            (long waits, long allocations) = (device.HostWaits, device.Memory.Allocations);
            for (int i = 0; i < 40; i++)
            {
                Step(i % count);
            }

            Assert.Equal((waits, allocations), (device.HostWaits, device.Memory.Allocations));

            // The order of the parameters, and with it the table, is another one in each step.
            void Step(int first) => device.Sgd<double>([.. parameters[first..], .. parameters[..first]], new SgdStep(1e-3, 0.5, false, 0));
        }

        View<double> Make() => device.View<double>([2], 0, 1);
    }

    /// <summary>Makes three steps on the CPU and on a device, and compares all arrays.</summary>
    private static void Compare<T>(Device device, int parameters, Action<Device, View<T>[][], int> makeStep)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[][] expected = Run(Device.Cpu), actual = Run(device);
        for (int i = 0; i < expected.Length; i++)
        {
            Arrays.AssertClose(expected[i], actual[i], Arrays.Tolerance<T>());
        }

        T[][] Run(Device on)
        {
            // Some arrays begin in the middle of their storage.
            View<T>[][] arrays = [.. Enumerable.Range(0, parameters).Select(i => (View<T>[])[Make(i, 0, -1), Make(i, 1, -1), Make(i, 2, -1), Make(i, 3, 0)])];
            for (int step = 1; step <= 3; step++)
            {
                makeStep(on, arrays, step);
            }

            return [.. arrays.SelectMany(four => four).Select(array => array.Storage())];

            View<T> Make(int i, int array, double low)
            {
                int size = Sizes[i % Sizes.Length];
                return on.View(new Layout([size + 2]).Slice(0, size % 2, size), Arrays.Random<T>(size + 2, 4 * i + array, low, 1));
            }
        }
    }
}
