using System.Text.Json.Nodes;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Copies between the host and the device.</summary>
public static class TransferSuite
{
    private const string Ours = "Autodiff";
    private const string Torch = "PyTorch";
    private const string TorchPinned = "PyTorch, page-locked";

    /// <summary>The measurements.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        var count = sizes.TransferElements;
        var group = $"Copies of {count * (double)sizeof(float) / 1048576:g4} MiB between the host and the device";
        yield return Entry("upload", (device, host, tensor) => device.Upload<float>(host, tensor.View.Storage, 0));
        yield return Entry("download", (device, host, tensor) => device.Download(tensor.View.Storage, 0, host.AsSpan()));

        Entry Entry(string what, Action<Device, float[], Tensor<float>> copy)
        {
            var name = $"transfer/{what}";
            return new Entry(group, name, false, bench => bench.Compare(group, name, new Comparison(
                [
                    (Ours, bench.Ours(() =>
                    {
                        var host = new SplitMix64(1).Uniform(count, 0, 1);
                        var tensor = Tensor.Create(host, [count], bench.Device);
                        return () => copy(bench.Device, host, tensor);
                    })),
                    (Torch, bench.Theirs("transfer", Arguments(pinned: false))),
                    (TorchPinned, bench.Theirs("transfer", Arguments(pinned: true))),
                ],
                [new Pair(Ours, Torch), new Pair(Ours, TorchPinned)])
            {
                Work = (double)count * sizeof(float),
                RateUnit = "GB/s",
            }));

            JsonObject Arguments(bool pinned) => new() { ["name"] = what, ["count"] = count, ["pinned"] = pinned };
        }
    }
}
