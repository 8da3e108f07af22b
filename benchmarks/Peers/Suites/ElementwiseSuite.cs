using Autodiff;
using Autodiff.Kernels;
using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>Elementwise functions, reductions, broadcasting and the optimizer's step: all at the speed of memory, or nearly.</summary>
public static class ElementwiseSuite
{
    /// <summary>The table.</summary>
    public const string Group = "Elementwise functions, reductions and Adam, float32";

    private const int Elements = 1 << 22;
    private const int Small = 1000;

    /// <summary>The benchmarks.</summary>
    public static IEnumerable<Benchmark> Benchmarks()
    {
        int[] threadCounts = [2, 1];
        return threadCounts.SelectMany(threads => Benchmarks(threads));
    }

    private static IEnumerable<Benchmark> Benchmarks(int threads)
    {
        var x = new Operand(Elements) { Minimum = -8, Maximum = 8 };
        var positive = new Operand(Elements) { Minimum = 0.01f, Maximum = 100 };
        yield return Operation("exp", 0.75, [x], a => a[0].Exp(), a => a[0].exp());
        yield return Operation("sigmoid", 0.75, [x], a => a[0].Sigmoid(), a => a[0].sigmoid());
        yield return Operation("tanh", 0.75, [x], a => a[0].Tanh(), a => a[0].tanh());
        yield return Operation("log", 0.75, [positive], a => a[0].Log(), a => a[0].log());
        yield return Operation("add", 1, [x, x], a => a[0] + a[1], a => a[0].add(a[1]));
        yield return Operation("mul", 1, [x, x], a => a[0] * a[1], a => a[0].mul(a[1]));
        yield return Operation("relu", 1, [x], a => a[0].Relu(), a => a[0].relu());
        yield return Operation("sum", 1, [positive], a => a[0].Sum(), a => a[0].sum());
        yield return Operation(
            "dot", 1, [positive, positive], a => a[0].Reshape([1, Elements]).MatMul(a[1].Reshape([Elements, 1])).Reshape([]), a => a[0].dot(a[1]));

        var rows = new Operand(4096, 1024) { Minimum = -8, Maximum = 8 };
        var counts = new Operand(4096, 1024) { Minimum = 0, Maximum = 8 };
        var square = new Operand(2048, 2048);
        var layerNorm = new LayerNorm<float>([1024], affine: false, device: Device.Cpu);
        yield return Operation("softmax-4096x1024", 1, [rows], a => a[0].Softmax(), a => a[0].softmax(-1));
        yield return Operation(
            "layer-norm-4096x1024", 1, [rows], a => layerNorm.Forward(a[0]), a => torch.nn.functional.layer_norm(a[0], [1024]));
        yield return Operation("row-sums-4096x1024", 1, [counts], a => a[0].Sum([1]), a => a[0].sum(dim: 1L));
        yield return Operation("column-sums-4096x1024", 1, [counts], a => a[0].Sum([0]), a => a[0].sum(dim: 0L));
        yield return Operation("column-sums-360x100", 1, [new Operand(360, 100)], a => a[0].Sum([0]), a => a[0].sum(dim: 0L));
        yield return Operation("broadcast-add-row", 1, [square, new Operand(2048)], a => a[0] + a[1], a => a[0].add(a[1]));
        yield return Operation("broadcast-add-column", 1, [square, new Operand(2048, 1)], a => a[0] + a[1], a => a[0].add(a[1]));
        yield return Operation("transposed-add", 1, [square, square with { IsTransposed = true }], a => a[0] + a[1], a => a[0].add(a[1]));
        yield return Operation($"add-of-{Small}", null, [new Operand(Small), new Operand(Small)], a => a[0] + a[1], a => a[0].add(a[1]));
        yield return Operation($"tanh-of-{Small}", null, [new Operand(Small)], a => a[0].Tanh(), a => a[0].tanh());

        var weights = new Operand(100, 23_589);
        yield return new Benchmark(
            $"elementwise/adam-2.36M/threads-{threads}",
            Group,
            threads,
            threads == 2 ? 0.35 : null,
            () => new AutodiffAdam(threads, weights),
            () => new TorchAdam(threads, weights));

        Benchmark Operation(
            string name, double? gate, Operand[] operands, Func<Tensor<float>[], Tensor<float>> ours, Func<torch.Tensor[], torch.Tensor> theirs) => new(
            $"elementwise/{name}/threads-{threads}",
            Group,
            threads,
            threads == 2 ? gate : null,
            () => new AutodiffOperation<float>(threads, operands, ours),
            () => new TorchOperation(threads, torch.ScalarType.Float32, operands, theirs));
    }
}
