using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Matrix products in float32 against sums in float64, in some of their rows where they are large.</summary>
public static class MatMulChecks
{
    private const double Tolerance = 1e-5;

    // A factor that is rounded to TF32 is off by up to 2⁻¹¹.
    private const double RoundedTolerance = 1e-3;
    private const int CheckedRows = 24;

    /// <summary>The checks.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        List<(string Layout, int M, int N, int K)> products =
        [
            ("NT", sizes.Stimuli, sizes.HiddenUnits, sizes.Neurons),
            ("TN", sizes.HiddenUnits, sizes.Neurons, sizes.Stimuli),
            .. sizes.Squares.SelectMany(size => new[] { "NN", "NT", "TN", "TT" }.Select(layout => (layout, size, size, size))),
            ("NN", 1, 1, 1), ("NT", 129, 105, 67), ("TN", 63, 1, 1001), ("TT", 1, 257, 33), ("NN", 127, 103, 4099),
        ];
        return
            from precision in new[] { (MatMulPrecision.Full, "", Tolerance), (MatMulPrecision.ThreeTf32, " in 3xTF32", Tolerance), (MatMulPrecision.Tf32, " in TF32", RoundedTolerance) }
            from product in products
            select Of(product.Layout, product.M, product.N, product.K, precision);
    }

    private static Entry Of(string layout, int m, int n, int k, (MatMulPrecision Precision, string Name, double Tolerance) precision)
    {
        var name = $"matmul {m}x{n}x{k} {layout}{precision.Name} against float64";
        return new Entry("Correctness", name, true, bench =>
        {
            using var used = new UsedPrecision(bench.Device, precision.Precision);
            return [new Check(name, Run(bench, layout, m, n, k), precision.Tolerance)];
        });
    }

    private static double Run(Workbench bench, string layout, int m, int n, int k)
    {
        var random = new SplitMix64((ulong)HashCode.Combine(m, n, k) + 1);
        float[] left = random.Uniform(m * k, -1, 1), right = random.Uniform(k * n, -1, 1);
        bool leftIsTransposed = layout[0] == 'T', rightIsTransposed = layout[1] == 'T';
        using var scope = new Tape(record: false);
        var a = leftIsTransposed ? Tensor.Create(left, [k, m], bench.Device).Transpose() : Tensor.Create(left, [m, k], bench.Device);
        var b = rightIsTransposed ? Tensor.Create(right, [n, k], bench.Device).Transpose() : Tensor.Create(right, [k, n], bench.Device);
        var product = a.MatMul(b).ToArray();

        int[] rows = m <= CheckedRows ? [.. Enumerable.Range(0, m)] : [.. Enumerable.Range(0, CheckedRows).Select(i => (int)((long)i * (m - 1) / (CheckedRows - 1)))];
        var expected = new double[rows.Length][];
        Parallel.For(0, rows.Length, i =>
        {
            // In the order in which the right factor lies in memory.
            var row = new double[n];
            for (var l = 0; l < k && !rightIsTransposed; l++)
            {
                double factor = left[leftIsTransposed ? l * m + rows[i] : rows[i] * k + l];
                for (var j = 0; j < n; j++)
                {
                    row[j] += factor * right[l * n + j];
                }
            }

            for (var j = 0; j < n && rightIsTransposed; j++)
            {
                for (var l = 0; l < k; l++)
                {
                    row[j] += (double)left[leftIsTransposed ? l * m + rows[i] : rows[i] * k + l] * right[j * k + l];
                }
            }

            expected[i] = row;
        });
        double[] actual = [.. rows.SelectMany(row => product.AsSpan(row * n, n).ToArray(), (_, value) => (double)value)];
        return Deviation.OfLargest(actual, [.. expected.SelectMany(row => row)]);
    }
}
