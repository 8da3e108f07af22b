using System.Text.Json.Nodes;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>A convolution, its gradients and pooling, beside cuDNN, which PyTorch calls.</summary>
public static class ConvolutionSuite
{
    private const string Ours = "Autodiff";
    private const string Torch = "PyTorch";

    /// <summary>The measurements.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        var (count, channels, outputs, height, width) = sizes.Images;
        Shape images = [count, channels, height, width], weight = [outputs, channels, 3, 3], results = [count, outputs, height, width];
        var group = $"Convolution of {count} x {channels} x {height} x {width} to {outputs} by 3 x 3, and pooling by 2 x 2, float32; PyTorch without TF32";
        var window = new SlidingWindow(3, Stride: 1, Padding: 1);
        double products = 2.0 * results.Count * channels * 9;

        yield return Entry("forward", products, bench => Prepare(bench, images, weight, results, (device, x, w, y) => device.Convolve(x, w, null, y, window, window)));
        yield return Entry("image-gradient", products, bench => Prepare(bench, images, weight, results, (device, x, w, y) => device.ConvolveGradient(y, w, x, window, window)));
        yield return Entry(
            "weight-gradient", products, bench => Prepare(bench, images, weight, results, (device, x, w, y) => device.ConvolveWeightGradient(x, y, w, window, window)));
        yield return Entry("max-pool", 0, bench =>
        {
            var x = new Generator(1).Normal<float>(images, bench.Device);
            return () =>
            {
                using var scope = new Tape(record: false);
                x.MaxPool2d(2);
            };
        });

        Entry Entry(string what, double work, Func<Workbench, Action> prepare)
        {
            var name = $"convolution/{what}";
            JsonObject arguments = new() { ["name"] = what, ["images"] = ToArray(images), ["weight"] = ToArray(weight), ["padding"] = 1 };
            return new Entry(group, name, false, bench => bench.Compare(group, name, new Comparison(
                [(Ours, bench.Ours(() => prepare(bench))), (Torch, bench.Theirs("convolution", arguments))],
                [new Pair(Ours, Torch)])
            {
                Work = work,
                RateUnit = "GFLOP/s",
            }));
        }
    }

    private static Action Prepare(Workbench bench, Shape images, Shape weight, Shape results, Action<Device, View<float>, View<float>, View<float>> work)
    {
        var generator = new Generator(1);
        Tensor<float> x = generator.Normal<float>(images, bench.Device), w = generator.Normal<float>(weight, bench.Device), y = generator.Normal<float>(results, bench.Device);
        return () => work(bench.Device, x.View, w.View, y.View);
    }

    private static JsonArray ToArray(Shape shape) => new([.. Enumerable.Range(0, shape.Rank).Select(axis => (JsonNode)shape[axis])]);
}
