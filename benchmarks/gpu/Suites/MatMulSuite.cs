using System.Text.Json.Nodes;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Matrix products beside cuBLAS, which PyTorch calls.</summary>
public static class MatMulSuite
{
    private const string Group = "Matrix products, float32, [m, k] x [k, n]; T: the operand lies transposed; PyTorch without TF32, that is cuBLAS";
    private const string Ours = "Autodiff";
    private const string OursWithTensorCores = "Autodiff, 3xTF32";
    private const string OursRounded = "Autodiff, TF32";
    private const string Torch = "PyTorch";

    /// <summary>The measurements.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        yield return Product("matmul/seed-forward", "NT", sizes.Stimuli, sizes.HiddenUnits, sizes.Neurons, 1, null);
        yield return Product("matmul/seed-weight-gradient", "TN", sizes.HiddenUnits, sizes.Neurons, sizes.Stimuli, 1, null);
        foreach (var size in sizes.Squares)
        {
            foreach (var layout in (string[])["NN", "NT", "TN"])
            {
                yield return Product("matmul/square", layout, size, size, size, 1 / 0.6, 1 / 1.3);
            }
        }
    }

    private static Entry Product(string prefix, string layout, int m, int n, int k, double gate, double? gateOfTensorCores)
    {
        var name = $"{prefix}/{m}x{n}x{k}-{layout}";
        JsonObject arguments = new() { ["m"] = m, ["n"] = n, ["k"] = k, ["left"] = $"{layout[0]}", ["right"] = $"{layout[1]}" };
        List<Pair> pairs = [new Pair(Ours, Torch, gate)];
        if (gateOfTensorCores is { } limit)
        {
            pairs.Add(new Pair(OursWithTensorCores, Torch, limit));
        }

        return new Entry(Group, name, false, bench => bench.Compare(Group, name, new Comparison(
            [
                (Ours, bench.Ours(() => Prepare(bench.Device, MatMulPrecision.Full, layout, m, n, k))),
                (OursWithTensorCores, bench.Ours(() => Prepare(bench.Device, MatMulPrecision.ThreeTf32, layout, m, n, k))),
                (OursRounded, bench.Ours(() => Prepare(bench.Device, MatMulPrecision.Tf32, layout, m, n, k))),
                (Torch, bench.Theirs("matmul", arguments)),
            ],
            pairs)
        {
            Work = 2.0 * m * n * k,
            RateUnit = "GFLOP/s",
        }));
    }

    private static Action Prepare(Device device, MatMulPrecision precision, string layout, int m, int n, int k)
    {
        // Refused before anything is computed where the device lacks it.
        new UsedPrecision(device, precision).Dispose();
        var generator = new Generator(1);
        var a = layout[0] == 'T' ? generator.Normal<float>([k, m], device).Transpose() : generator.Normal<float>([m, k], device);
        var b = layout[1] == 'T' ? generator.Normal<float>([n, k], device).Transpose() : generator.Normal<float>([k, n], device);
        return () =>
        {
            using var scope = new Tape(record: false);
            using var used = new UsedPrecision(device, precision);
            a.MatMul(b);
        };
    }
}
