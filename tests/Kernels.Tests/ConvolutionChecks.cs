using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>A convolution or a pool on some device, held against its definition.</summary>
internal static class ConvolutionChecks
{
    /// <summary>The three products of a convolution. Some elements are not finite: they must reach what sees them, and nothing else.</summary>
    public static void Convolution<T>(Device device, Random random, Shape images, Shape weights, SlidingWindow rows, SlidingWindow columns, bool finite = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape results = [images[0], weights[0], rows.Outputs(images[2]), columns.Outputs(images[3])];
        string at = $"{typeof(T).Name} {images} {weights} {rows} {columns}";
        double[] x = Numbers(random, images.Count, finite), weight = Numbers(random, weights.Count), bias = Numbers(random, weights[0]), gradient = Numbers(random, results.Count, finite);
        View<T> image = View<T>(device, images, x).View, kernel = View<T>(device, weights, weight).View, g = View<T>(device, results, gradient).View;
        View<T>? shift = random.Next(2) == 0 ? View<T>(device, [weights[0]], bias).View : null;
        GuardedView<T> y = new(device, results), toImage = new(device, images), toWeight = new(device, weights);

        device.Convolve(image, kernel, shift, y.View, rows, columns);
        Close(ConvolutionReference.Forward(x, images, weight, weights, shift is null ? null : bias, results, rows, columns), y.Read(), $"forward {at}");
        device.ConvolveGradient(g, kernel, toImage.View, rows, columns);
        Close(ConvolutionReference.InputGradient(gradient, results, weight, weights, images, rows, columns), toImage.Read(), $"input gradient {at}");
        device.ConvolveWeightGradient(image, g, toWeight.View, rows, columns);
        Close(ConvolutionReference.WeightGradient(x, images, gradient, results, weights, rows, columns), toWeight.Read(), $"weight gradient {at}");
    }

    /// <summary>Both pools. The elements are few whole numbers, so that many are equal.</summary>
    public static void Pools<T>(Device device, Random random, Shape images, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape results = [images[0], images[1], rows.Outputs(images[2]), columns.Outputs(images[3])];
        string at = $"{typeof(T).Name} {images} {rows} {columns}";
        double[] special = [double.NaN, double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity];
        int finite = random.Next(2) == 0 ? int.MaxValue : random.Next(2, 20);
        double[] x = [.. Enumerable.Range(0, images.Count).Select(i => random.Next(finite) == 0 ? special[random.Next(4)] : random.Next(-3, 4))];
        double[] gradient = Numbers(random, results.Count, finite == int.MaxValue);
        View<T> image = View<T>(device, images, x).View, g = View<T>(device, results, gradient).View;
        double scale = 1.0 / (rows.Size * columns.Size);

        GuardedView<T> y = new(device, results), alone = new(device, results), average = new(device, results), toImage = new(device, images);
        GuardedView<int> places = new(device, results);
        device.MaxPool(image, y.View, places.View, rows, columns);
        device.MaxPool(image, alone.View, null, rows, columns);
        (double[] largest, int[] expected) = ConvolutionReference.MaxPool(x, images, results, rows, columns);
        Close(largest, y.Read(), $"max pool {at}");
        Close(largest, alone.Read(), $"max pool without places {at}");
        Assert.Equal(expected, places.Read());
        device.AveragePool(image, average.View, rows, columns, T.CreateChecked(scale));
        Close(ConvolutionReference.AveragePool(x, images, results, rows, columns, scale), average.Read(), $"average pool {at}");
        device.AveragePoolGradient(g, toImage.View, rows, columns, T.CreateChecked(scale));
        Close(ConvolutionReference.AveragePoolGradient(gradient, results, images, rows, columns, scale), toImage.Read(), $"average pool gradient {at}");
    }

    /// <summary>A convolution of random geometry: strides, dilations, padding wider than the window, no images at all.</summary>
    public static void RandomConvolution<T>(Device device, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SlidingWindow rows = Window(), columns = Window();
        int most = random.Next(4) == 0 ? 40 : 8;
        Shape images = [random.Next(0, 4), random.Next(1, most), Length(rows), Length(columns)];
        Convolution<T>(device, random, images, [random.Next(1, most), images[1], rows.Size, columns.Size], rows, columns, random.Next(2) == 0);

        SlidingWindow Window() => new(random.Next(1, 5), random.Next(1, 4), random.Next(0, 7), random.Next(1, 4));

        int Length(SlidingWindow window) => Math.Max(1, window.Extent - 2 * window.Padding) + random.Next(0, 24);
    }

    /// <summary>Pools of random geometry.</summary>
    public static void RandomPools<T>(Device device, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SlidingWindow rows = Window(), columns = Window();
        Pools<T>(device, random, [random.Next(0, 4), random.Next(1, 5), Length(rows), Length(columns)], rows, columns);

        SlidingWindow Window()
        {
            int size = random.Next(1, 8);
            return new(size, random.Next(1, 6), random.Next(0, size / 2 + 1));
        }

        int Length(SlidingWindow window) => Math.Max(1, window.Extent - 2 * window.Padding) + random.Next(0, 40);
    }

    private static double[] Numbers(Random random, int count, bool finite = true)
    {
        // What float holds exactly, so that both types get the same.
        double[] values = [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() * 2 - 1))];
        if (!finite && count > 0)
        {
            values[random.Next(count)] = random.Next(2) == 0 ? double.NaN : double.PositiveInfinity;
        }

        return values;
    }

    private static GuardedView<T> View<T>(Device device, Shape shape, double[] values)
        where T : unmanaged, INumber<T> => new(device, shape, Array.ConvertAll(values, T.CreateChecked));

    private static void Close<T>(double[] expected, T[] actual, string what)
        where T : unmanaged, INumber<T>
    {
        double tolerance = typeof(T) == typeof(float) ? 3e-6 : 1e-13;
        for (int i = 0; i < expected.Length; i++)
        {
            double e = expected[i], a = double.CreateChecked(actual[i]);
            bool close = double.IsFinite(e) ? Math.Abs(a - e) <= tolerance * (10 + Math.Abs(e)) : e.Equals(a);
            Assert.True(close, $"{what}: element {i} of {expected.Length} is {a:R}, not {e:R}.");
        }
    }
}
