using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class AdamTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void UpdatesMoreParametersThanOneLaunchTakes(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            int[] sizes = [1, 100, 0, 7, 300, 2, 33, 5, 8, 64, 3, 4, 0, 12, 6, 31, 1, 9, 10, 40];
            foreach ((double decay, bool decoupled) in ((double, bool)[])[(0, false), (0.1, false), (0.1, true)])
            {
                T[][] expected = Run(Device.Cpu), actual = Run(device);
                for (int i = 0; i < expected.Length; i++)
                {
                    Arrays.AssertClose(expected[i], actual[i], Arrays.Tolerance<T>());
                }

                T[][] Run(Device on)
                {
                    // Some arrays begin in the middle of their storage.
                    View<T> Make(int size, int seed, double low) =>
                        on.View(new Layout([size + 2]).Slice(0, size % 2, size), Arrays.Random<T>(size + 2, seed, low, 1));
                    AdamParameter<T>[] parameters = [.. sizes.Select((size, i) => new AdamParameter<T>(Make(size, i, -1), Make(size, i + 50, -1), Make(size, i + 100, -1), Make(size, i + 150, 0)))];
                    for (int step = 1; step <= 3; step++)
                    {
                        on.Adam(parameters, new AdamStep(step, 0.01, 0.9, 0.999, 1e-8, decay, decoupled));
                    }

                    return [.. parameters.SelectMany(p => (T[][])[p.Parameter.Storage(), p.FirstMoment.Storage(), p.SecondMoment.Storage()])];
                }
            }
        }
    }
}
