using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Convolutions and pools of every size class and type against their definitions.</summary>
public class ConvolutionTests
{
    [Fact]
    public void RandomConvolutionsAreTheirDefinition()
    {
        var random = new Random(31);
        for (int trial = 0; trial < 60; trial++)
        {
            ConvolutionChecks.RandomConvolution<float>(Device.Cpu, random);
            ConvolutionChecks.RandomConvolution<double>(Device.Cpu, random);
        }
    }

    [Theory]
    [InlineData(60, 1, 12, 16, 6, 7, 7, 1, 3)] // The tutorial's gratings.
    [InlineData(2, 3, 33, 64, 16, 5, 5, 1, 2)]
    [InlineData(3, 70, 9, 11, 65, 3, 3, 1, 1)] // Sums and outputs longer than a block.
    [InlineData(5, 24, 17, 16, 33, 3, 3, 2, 1)]
    [InlineData(17, 2, 5, 4, 3, 2, 2, 3, 0)] // More images than chunks.
    [InlineData(1, 2, 1, 1000, 7, 1, 5, 1, 0)] // Rows longer than a block.
    [InlineData(1, 2, 1, 1000, 20, 1, 4, 3, 0)]
    [InlineData(1, 1, 2, 2, 1, 1, 1, 5, 0)] // A stride longer than the image.
    public void ChosenConvolutionsAreTheirDefinition(int images, int channels, int height, int width, int outputs, int down, int across, int stride, int padding)
    {
        var random = new Random(32);
        SlidingWindow rows = new(down, height == 1 ? 1 : stride, padding), columns = new(across, stride, padding);
        ConvolutionChecks.Convolution<float>(Device.Cpu, random, [images, channels, height, width], [outputs, channels, down, across], rows, columns);
        ConvolutionChecks.Convolution<double>(Device.Cpu, random, [images, channels, height, width], [outputs, channels, down, across], rows, columns);
    }

    [Fact]
    public void RandomPoolsAreTheirDefinition()
    {
        var random = new Random(33);
        for (int trial = 0; trial < 200; trial++)
        {
            ConvolutionChecks.RandomPools<float>(Device.Cpu, random);
            ConvolutionChecks.RandomPools<double>(Device.Cpu, random);
        }
    }

    [Theory]
    [InlineData(2, 3, 48, 64, 8, 8, 0)] // The tutorial's.
    [InlineData(2, 5, 28, 28, 28, 28, 0)] // Whole planes.
    [InlineData(1, 2, 1, 5000, 1, 3000, 0)]
    [InlineData(1, 2, 3, 5000, 40, 7, 20)]
    public void ChosenPoolsAreTheirDefinition(int images, int channels, int height, int width, int size, int stride, int padding)
    {
        var random = new Random(34);
        SlidingWindow rows = height == 1 ? new(1) : new(Math.Min(size, height), stride, Math.Min(padding, height / 2));
        SlidingWindow columns = new(height == 1 ? stride : size, stride, padding);
        ConvolutionChecks.Pools<float>(Device.Cpu, random, [images, channels, height, width], rows, columns);
        ConvolutionChecks.Pools<double>(Device.Cpu, random, [images, channels, height, width], rows, columns);
    }

    [Fact]
    public void TheNumberOfThreadsChangesNoBit()
    {
        SameBits<float>();
        SameBits<double>();
    }

    private static void SameBits<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((int images, int channels, int outputs, int side, int stride) in ((int, int, int, int, int)[])[(1, 3, 6, 40, 1), (3, 16, 24, 20, 1), (17, 20, 33, 15, 2), (40, 1, 6, 13, 1)])
        {
            var random = new Random(35);
            SlidingWindow window = new(3, stride, 1);
            View<T> x = Views.Random<T>(random, images, channels, side, side), weight = Views.Random<T>(random, outputs, channels, 3, 3);
            int length = window.Outputs(side);
            View<T> bias = Views.Random<T>(random, outputs), gradient = Views.Random<T>(random, images, outputs, length, length);
            View<T> pooled = Views.Random<T>(random, images, channels, length, length);
            Same(gradient.Shape, y => Device.Cpu.Convolve(x, weight, bias, y, window, window));
            Same(x.Shape, y => Device.Cpu.ConvolveGradient(gradient, weight, y, window, window));
            Same(weight.Shape, y => Device.Cpu.ConvolveWeightGradient(x, gradient, y, window, window));
            Same(pooled.Shape, y => Device.Cpu.MaxPool(x, y, null, window, window));
            Same(pooled.Shape, y => Device.Cpu.AveragePool(x, y, window, window, T.One / T.CreateChecked(9)));
            Same(x.Shape, y => Device.Cpu.AveragePoolGradient(pooled, y, window, window, T.One / T.CreateChecked(9)));
        }

        static void Same(Shape shape, Action<View<T>> run) => Threads.SameBits(() =>
        {
            View<T> y = Views.Empty<T>(shape.AsSpan().ToArray());
            run(y);
            return y.Read();
        });
    }
}
