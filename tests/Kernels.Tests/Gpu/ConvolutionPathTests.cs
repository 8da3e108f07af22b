using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Convolutions and their gradients, by tiles and written out, against the CPU's.</summary>
public class ConvolutionPathTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void TheSameAsOnTheCpu(string name)
    {
        if (Device.Parse(name) is not GpuDevice device)
        {
            return;
        }

        Check<float>(device);
        Check<double>(device);
        if (device.Profile.HasFastBarriers)
        {
            return;
        }
        // What a GPU runs, where the device chooses otherwise.
        device = device.With(device.Profile with { HasFastBarriers = true, ParallelGroups = 8, MostThreads = 64 });
        Check<float>(device);
        Check<double>(device);

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((Shape images, int outputs, SlidingWindow rows, SlidingWindow columns) in ((Shape, int, SlidingWindow, SlidingWindow)[])
            [
                ([1, 1, 1, 1], 1, new(1), new(1)),
                ([2, 3, 5, 6], 4, new(3, 1, 1), new(3, 1, 1)),
                ([3, 2, 7, 9], 5, new(3, 2, 1), new(2, 3, 0)),
                ([2, 2, 9, 8], 3, new(2, 2, 2, 3), new(3, 4, 3, 2)),
                ([1, 3, 6, 11], 2, new(2, 3), new(4, 2, 0, 2)),
                ([2, 2, 1, 40], 3, new(1), new(5, 1, 4)),
                ([4, 1, 10, 10], 2, new(3), new(3)),
            ])
            {
                Shape weights = [outputs, images[1], rows.Size, columns.Size], results = [images[0], outputs, rows.Outputs(images[2]), columns.Outputs(images[3])];
                T[][] expected = Run(Device.Cpu), actual = Run(device);
                for (int i = 0; i < expected.Length; i++)
                {
                    Arrays.AssertClose(expected[i], actual[i], 40 * Arrays.Tolerance<T>());
                }

                T[][] Run(Device on)
                {
                    View<T> x = Within(on, images, Arrays.Random<T>(images.Count + 5, 50)), weight = Within(on, weights, Arrays.Random<T>(weights.Count + 5, 51));
                    View<T> bias = Within(on, [outputs], Arrays.Random<T>(outputs + 5, 52)), gradient = Within(on, results, Arrays.Random<T>(results.Count + 5, 53));
                    View<T> y = Within(on, results, new T[results.Count + 5]), unbiased = Within(on, results, new T[results.Count + 5]);
                    View<T> toImages = Within(on, images, new T[images.Count + 5]), toWeights = Within(on, weights, new T[weights.Count + 5]);
                    on.Convolve(x, weight, bias, y, rows, columns);
                    on.Convolve(x, weight, null, unbiased, rows, columns);
                    on.ConvolveGradient(gradient, weight, toImages, rows, columns);
                    on.ConvolveWeightGradient(x, gradient, toWeights, rows, columns);
                    return [y.Storage(), unbiased.Storage(), toImages.Storage(), toWeights.Storage()];
                }
            }
        }
    }

    /// <summary>A contiguous view that begins in the middle of its storage.</summary>
    private static View<T> Within<T>(Device on, Shape shape, T[] values)
        where T : unmanaged
    {
        Layout line = new Layout([values.Length]).Slice(0, 3, shape.Count);
        return on.View(line.TryReshape(shape, out Layout layout) ? layout : throw new InvalidOperationException(), values);
    }
}
