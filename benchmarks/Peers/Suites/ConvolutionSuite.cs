using Autodiff;
using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>Convolutions and pooling, forward and with their gradients.</summary>
public static class ConvolutionSuite
{
    /// <summary>The table.</summary>
    public const string Group = "Convolutions and pooling, float32; training: forward, and the gradients of all that learns and of hidden inputs";

    private const double Gate = 1.2;

    /// <summary>The benchmarks.</summary>
    public static IEnumerable<Benchmark> Benchmarks()
    {
        int[] threadCounts = [2, 1];
        return threadCounts.SelectMany(threads => Convolutions(threads).Concat(Pools(threads)));
    }

    private static IEnumerable<Benchmark> Convolutions(int threads)
    {
        // The tutorial's: 6 filters over gratings, and over the images of which a network tells the tilt. Images have no gradient.
        foreach (var benchmark in Plane("gratings-60x1x12x16-6x7x7", [60, 1, 12, 16], [6, 1, 7, 7], padding: 3, images: true))
        {
            yield return benchmark;
        }

        foreach (var benchmark in Plane("tilt-100x1x48x64-6x7x7", [100, 1, 48, 64], [6, 1, 7, 7], padding: 3, images: true))
        {
            yield return benchmark;
        }

        Operand[] tilt = [new(100, 1, 48, 64), new(6, 1, 7, 7), new(6)];
        foreach (var benchmark in Pair(
            threads, "convolution/tilt-relu-max-pool-8", tilt, [1, 2], new Operand(100, 6, 6, 8),
            x => x[0].Conv2d(x[1], x[2], padding: 3).Relu().MaxPool2d(8),
            x => torch.nn.functional.max_pool2d(torch.nn.functional.conv2d(x[0], x[1], x[2], padding: [3, 3]).relu(), [8, 8])))
        {
            yield return benchmark;
        }

        foreach (var benchmark in Plane("32x64x28x28-64x3x3", [32, 64, 28, 28], [64, 64, 3, 3], padding: 1))
        {
            yield return benchmark;
        }

        foreach (var benchmark in Plane("8x3x64x64-16x5x5", [8, 3, 64, 64], [16, 3, 5, 5], padding: 2))
        {
            yield return benchmark;
        }

        foreach (var benchmark in Plane("16x32x32x32-64x3x3-stride-2", [16, 32, 32, 32], [64, 32, 3, 3], stride: 2, padding: 1))
        {
            yield return benchmark;
        }

        Operand[] traces = [new(32, 64, 128), new(64, 64, 5), new(64)];
        foreach (var benchmark in Pair(
            threads, "convolution/traces-32x64x128-64x5", traces, [0, 1, 2], new Operand(32, 64, 128),
            x => x[0].Conv1d(x[1], x[2], padding: 2),
            x => torch.nn.functional.conv1d(x[0], x[1], x[2], padding: 2)))
        {
            yield return benchmark;
        }

        IEnumerable<Benchmark> Plane(string name, int[] image, int[] weight, int stride = 1, int padding = 0, bool images = false)
        {
            int Length(int axis) => (image[axis] + 2 * padding - weight[axis]) / stride + 1;
            return Pair(
                threads, $"convolution/{name}", [new(image), new(weight), new(weight[0])], images ? [1, 2] : [0, 1, 2],
                new Operand(image[0], weight[0], Length(2), Length(3)),
                x => x[0].Conv2d(x[1], x[2], stride, padding),
                x => torch.nn.functional.conv2d(x[0], x[1], x[2], strides: [stride, stride], padding: [padding, padding]));
        }
    }

    private static IEnumerable<Benchmark> Pools(int threads)
    {
        var maps = new Operand(32, 64, 28, 28);
        var halved = new Operand(32, 64, 14, 14);
        var traces = new Operand(32, 64, 128);
        return
        [
            .. Pair(threads, "pooling/max-2", [maps], [0], halved, x => x[0].MaxPool2d(2), x => torch.nn.functional.max_pool2d(x[0], [2, 2])),
            .. Pair(threads, "pooling/max-3-stride-2", [maps], [0], halved,
                x => x[0].MaxPool2d(3, 2, 1), x => torch.nn.functional.max_pool2d(x[0], [3, 3], strides: [2, 2], padding: [1, 1])),
            .. Pair(threads, "pooling/average-2", [maps], [0], halved, x => x[0].AveragePool2d(2), x => torch.nn.functional.avg_pool2d(x[0], [2, 2])),
            .. Pair(threads, "pooling/average-3-stride-2", [maps], [0], halved,
                x => x[0].AveragePool2d(3, 2, 1), x => torch.nn.functional.avg_pool2d(x[0], [3, 3], stride: [2, 2], padding: [1, 1])),
            .. Pair(threads, "pooling/max-1d-2", [traces], [0], new Operand(32, 64, 64),
                x => x[0].MaxPool1d(2), x => torch.nn.functional.max_pool1d(x[0], 2)),
            .. Pair(threads, "pooling/average-1d-4", [traces], [0], new Operand(32, 64, 32),
                x => x[0].AveragePool1d(4), x => torch.nn.functional.avg_pool1d(x[0], 4)),
        ];
    }

    private static IEnumerable<Benchmark> Pair(
        int threads, string name, Operand[] operands, int[] differentiated, Operand result, Func<Tensor<float>[], Tensor<float>> ours,
        Func<torch.Tensor[], torch.Tensor> theirs)
    {
        yield return new Benchmark(
            $"{name}/forward/threads-{threads}",
            Group,
            threads,
            Gate,
            () => new AutodiffOperation<float>(threads, operands, ours),
            () => new TorchOperation(threads, torch.ScalarType.Float32, operands, theirs));
        Operand[] all = [.. operands, result];
        yield return new Benchmark(
            $"{name}/training/threads-{threads}",
            Group,
            threads,
            Gate,
            () => new AutodiffGradient(threads, all, differentiated, ours),
            () => new TorchGradient(threads, all, differentiated, theirs));
    }
}
