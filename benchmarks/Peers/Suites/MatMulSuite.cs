using System.Numerics;
using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>Matrix products: the shapes of the tutorial's network, squares, and shapes that nobody chose.</summary>
public static class MatMulSuite
{
    /// <summary>The table of chosen shapes.</summary>
    public const string Group = "Matrix products, A x B = [m, k] x [k, n]; T: the operand is a transposed view";

    /// <summary>The table of random shapes.</summary>
    public const string RandomGroup = "Matrix products of 40 shapes drawn by a fixed seed";

    private const int RandomShapes = 40;
    private const long MaxWork = 1L << 30;
    private const long MaxElements = 1L << 25;

    /// <summary>The benchmarks.</summary>
    public static IEnumerable<Benchmark> Benchmarks()
    {
        foreach (var threads in (int[])[2, 1])
        {
            double? Gate(double gate) => threads == 2 ? gate : null;
            yield return Product<float>("matmul/seed-forward", Group, threads, Gate(0.75), [], 360, 100, 23_589, "NT");
            yield return Product<float>("matmul/seed-weight-gradient", Group, threads, Gate(0.55), [], 100, 23_589, 360, "TN");
            foreach (var form in (string[])["NN", "NT", "TN"])
            {
                for (var size = 128; size <= 2048; size *= 2)
                {
                    yield return Product<float>("matmul/square", Group, threads, Gate(0.95), [], size, size, size, form);
                }
            }

            for (var size = 128; size <= 1024; size *= 2)
            {
                yield return Product<double>("matmul/square-double", Group, threads, Gate(1), [], size, size, size, "NN");
            }
        }

        foreach (var benchmark in Random())
        {
            yield return benchmark;
        }
    }

    private static IEnumerable<Benchmark> Random()
    {
        var random = new SplitMix64(seed: 20_260_101);
        var forms = new[] { "NN", "NT", "TN" };
        for (var i = 0; i < RandomShapes;)
        {
            int m = Size(4096), n = Size(4096), k = Size(4096), batch = random.NextUniform(0, 3) < 1 ? Size(64) : 1;
            var form = forms[(int)random.NextUniform(0, 3)];
            var work = (long)m * n * k * batch;
            var elements = ((long)m * k + (long)k * n + (long)m * n) * batch;
            if (work > MaxWork || elements > MaxElements)
            {
                continue;
            }

            i++;
            yield return Product<float>("matmul/random", RandomGroup, 2, 1.15, batch > 1 ? [batch] : [], m, n, k, form);
        }

        // Evenly spread in the logarithm, so that small sizes are as frequent as large ones.
        int Size(int largest) => Math.Clamp((int)MathF.Pow(2, random.NextUniform(0, MathF.Log2(largest))), 1, largest);
    }

    private static Benchmark Product<T>(string name, string group, int threads, double? gate, int[] batch, int m, int n, int k, string form)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Operand[] operands =
        [
            new([.. batch, m, k]) { IsTransposed = form[0] == 'T' },
            new([.. batch, k, n]) { IsTransposed = form[1] == 'T' },
        ];
        var type = typeof(T) == typeof(double) ? torch.ScalarType.Float64 : torch.ScalarType.Float32;
        var sizes = string.Join('x', [.. batch, m, k, n]);
        return new Benchmark(
            $"{name}/{sizes}-{form}/threads-{threads}",
            group,
            threads,
            gate,
            () => new AutodiffOperation<T>(threads, operands, x => Autodiff.Ops.MatMul(x[0], x[1])),
            () => new TorchOperation(threads, type, operands, x => x[0].matmul(x[1])));
    }
}
