using System.Numerics;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Operations in float32 on the device against the same in float64 on the CPU.</summary>
public static class OperationChecks
{
    /// <summary>The checks.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        var count = sizes.CheckedElements;
        Shape line = [count], rows = [count / 1003, 1003];
        yield return Operation("add", line, 1e-6, a => a[0] + a[1], a => a[0] + a[1]);
        yield return Operation("exp", line, 1e-6, a => a[0].Exp(), a => a[0].Exp());
        yield return Operation("log", line, 1e-6, a => a[1].Log(), a => a[1].Log());
        yield return Operation("tanh", line, 1e-6, a => a[0].Tanh(), a => a[0].Tanh());
        yield return Operation("sigmoid", line, 1e-6, a => a[0].Sigmoid(), a => a[0].Sigmoid());
        yield return Operation("sum", line, 1e-5, a => a[1].Sum(), a => a[1].Sum());
        yield return Operation("row sums", rows, 1e-5, a => a[1].Sum([1]), a => a[1].Sum([1]));
        yield return Operation("column sums", rows, 1e-5, a => a[1].Sum([0]), a => a[1].Sum([0]));
        yield return Operation("soft-max", rows, 1e-5, a => a[0].Softmax(), a => a[0].Softmax());
        yield return Operation("log-sum-exp", rows, 1e-5, a => a[0].LogSumExp([1]), a => a[0].LogSumExp([1]));
        yield return Operation("broadcast of a row", rows, 1e-6, a => a[0] * a[1][0..1], a => a[0] * a[1][0..1]);
        yield return Operation("transposed add", rows, 1e-6, a => (a[0].Transpose() + a[1].Transpose()), a => (a[0].Transpose() + a[1].Transpose()));

        var (images, channels, outputs, height, width) = (Math.Min(4, sizes.Images.Count), sizes.Images.Channels, sizes.Images.Outputs, sizes.Images.Height, sizes.Images.Width);
        yield return Convolution(images, channels, outputs, height, width);
    }

    private static Entry Operation(
        string operation, Shape shape, double tolerance, Func<Tensor<float>[], Tensor<float>> single, Func<Tensor<double>[], Tensor<double>> reference)
    {
        var name = $"{operation} of {shape} against float64";
        return new Entry("Correctness", name, true, bench =>
            [new Check(name, Deviation.OfLargest(Results(single, bench.Device), Results(reference, Device.Cpu)), tolerance)]);

        double[] Results<T>(Func<Tensor<T>[], Tensor<T>> function, Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var scope = new Tape(record: false);
            var random = new SplitMix64(11);
            return ToDoubles(function([Create<T>(random.Uniform(shape.Count, -4, 4), shape, device), Create<T>(random.Uniform(shape.Count, 0.01f, 4), shape, device)]));
        }
    }

    private static Entry Convolution(int images, int channels, int outputs, int height, int width)
    {
        var name = $"convolution of {images}x{channels}x{height}x{width} to {outputs} by 3x3, its pooling and gradients, against float64";
        return new Entry("Correctness", name, true, bench => [new Check(name, Deviation.OfLargest(Results<float>(bench.Device), Results<double>(Device.Cpu)), 1e-5)]);

        double[] Results<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var random = new SplitMix64(12);
            Shape shape = [images, channels, height, width];
            var x = new Parameter<T>(Create<T>(random.Uniform(shape.Count, -1, 1), shape, device));
            shape = [outputs, channels, 3, 3];
            var weight = new Parameter<T>(Create<T>(random.Uniform(shape.Count, -1, 1), shape, device));
            using var tape = new Tape();
            var y = x.Conv2d(weight, null, 1, 1, 1, 1).MaxPool2d(2);
            tape.Backward((y * y).Mean());
            return [.. ToDoubles(y), .. ToDoubles(x.Gradient!), .. ToDoubles(weight.Gradient!)];
        }
    }

    private static Tensor<T> Create<T>(float[] values, Shape shape, Device device)
        where T : unmanaged, IFloatingPointIeee754<T> => Tensor.Create(Array.ConvertAll(values, T.CreateChecked), shape, device);

    private static double[] ToDoubles<T>(Tensor<T> tensor)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(tensor.ToArray(), double.CreateChecked);
}
