using System.Text.Json.Nodes;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>What should be as fast as memory: the bytes that must be read and written, held against a copy on the same device.</summary>
public static class MemorySpeedSuite
{
    private const string Ours = "Autodiff";
    private const string Torch = "PyTorch";
    private const string Copy = "copy";
    private const string TorchCopy = "copy, PyTorch";
    private const double Gate = 1 / 0.85;

    /// <summary>The measurements.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        Shape shape = [sizes.Elements / Sizes.RowLength, Sizes.RowLength];
        var group = $"At the speed of memory: {shape.Count / 1e6:f0} million elements, float32; a ratio is of the times per byte";
        yield return Operation("fill", 1, _ => Tensor.Full(shape, 1.5f, _[0].Device));
        yield return Operation("add", 3, a => a[0] + a[1]);
        yield return Operation("exp", 2, a => a[0].Exp());
        yield return Operation("log", 2, a => a[0].Log());
        yield return Operation("tanh", 2, a => a[0].Tanh());
        yield return Operation("sigmoid", 2, a => a[0].Sigmoid());
        yield return Operation("relu", 2, a => a[0].Relu());
        yield return Operation("sum", 1, a => a[0].Sum());
        yield return Operation("row-sums", 1, a => a[0].Sum([1]));
        yield return Operation("column-sums", 1, a => a[0].Sum([0]));
        yield return Operation("softmax", 2, a => a[0].Softmax());
        yield return Operation("log-sum-exp", 1, a => a[0].LogSumExp([1]));
        var layerNorm = new Func<Device, LayerNorm<float>>(device => new LayerNorm<float>([Sizes.RowLength], affine: false, device: device));
        yield return Operation("layer-norm", 2, a => layerNorm(a[0].Device).Forward(a[0]));
        // Reads parameter, gradient and both moments, writes all but the gradient.
        yield return Entry("adam", 7, bench => PrepareAdam(bench.Device, shape), bench => bench.Theirs("adam", new JsonObject { ["count"] = shape.Count }));

        Entry Operation(string operation, int passes, Func<Tensor<float>[], Tensor<float>> function) => Entry(
            operation, passes, bench => PrepareOperation(bench.Device, shape, function), bench => bench.Theirs("operation", Arguments(operation)));

        JsonObject Arguments(string operation) => new() { ["name"] = operation, ["shape"] = new JsonArray(shape[0], shape[1]) };

        Entry Entry(string operation, int passes, Func<Workbench, Action> prepare, Func<Workbench, Func<IContender>> theirs)
        {
            var name = $"memory/{operation}";
            return new Entry(group, name, false, bench => bench.Compare(group, name, new Comparison(
                [
                    (Ours, bench.Ours(() => prepare(bench))),
                    (Copy, bench.Ours(() => PrepareCopy(bench.Device, shape))),
                    (TorchCopy, bench.Theirs("operation", Arguments("copy"))),
                    (Torch, theirs(bench)),
                ],
                [new Pair(Ours, Copy, Gate, passes / 2.0), new Pair(Ours, TorchCopy, Gate, passes / 2.0), new Pair(Ours, Torch)])
            {
                Work = (double)passes * shape.Count * sizeof(float),
                RateUnit = "GB/s",
                WorkOf = new Dictionary<string, double> { [Copy] = 2.0 * shape.Count * sizeof(float), [TorchCopy] = 2.0 * shape.Count * sizeof(float) },
            }));
        }
    }

    private static Action PrepareOperation(Device device, Shape shape, Func<Tensor<float>[], Tensor<float>> function)
    {
        var generator = new Generator(1);
        Tensor<float>[] inputs = [generator.Uniform(shape, 0.5f, 1.5f, device), generator.Uniform(shape, 0.5f, 1.5f, device)];
        return () =>
        {
            using var scope = new Tape(record: false);
            function(inputs);
        };
    }

    private static Action PrepareCopy(Device device, Shape shape)
    {
        var generator = new Generator(1);
        Tensor<float> from = generator.Uniform<float>(shape, device), to = generator.Uniform<float>(shape, device);
        return () => device.Copy(from.View, to.View);
    }

    private static Action PrepareAdam(Device device, Shape shape)
    {
        var generator = new Generator(1);
        var parameter = new Parameter<float>(generator.Uniform<float>(shape, device));
        parameter.SetGradient(generator.Uniform<float>(shape, device));
        return new Adam<float>([parameter]).Step;
    }
}
