using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Matrix products of every size class, layout and type against a triple loop in double.</summary>
public class MatMulTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 7, 5 }, { 3, 1, 9 }, { 4, 100, 33 }, { 5, 5, 5 }, { 6, 16, 4 }, { 7, 17, 3 }, { 12, 32, 64 }, { 13, 33, 65 }, { 13, 40, 1 },
        { 24, 31, 100 }, { 25, 64, 17 }, { 37, 4, 129 }, { 64, 64, 64 }, { 100, 3, 7 }, { 101, 103, 107 }, { 360, 10, 100 }, { 200, 8, 500 },
        { 130, 140, 400 }, { 16, 2100, 9 }, { 60, 2300, 40 }, { 100, 4100, 36 }, { 20, 30, 5003 }, { 13, 21, 4097 }, { 8, 40, 6000 },
            { 130, 150, 1600 },
        { 1, 3000, 100 }, { 3000, 1, 100 }, { 3000, 20, 30 }, { 1, 1, 32767 }, { 1, 1, 32768 }, { 1, 1, 100_003 }, { 5, 3, 40_001 }, { 2, 600, 33_000 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AgreesWithATripleLoop(int m, int n, int k)
    {
        Check<float>(m, n, k, 1e-5);
        Check<double>(m, n, k, 1e-14);
    }

    [Fact]
    public void BatchesAgree()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 40; trial++)
        {
            int[] batch = [random.Next(1, 5), random.Next(1, 4)];
            int m = random.Next(1, 40), n = random.Next(1, 40), k = random.Next(1, 40);
            View<float> a = Views.Awkward<float>(random, true, [.. batch, m, k]), b = Views.Awkward<float>(random, true, [.. batch, k, n]);
            Compare(a, b, [.. batch, m, n], 1e-5);
        }
    }

    [Fact]
    public void OneRightOperandForAllBatchesIsAMatrixOfMoreRows()
    {
        var random = new Random(6);
        View<float> a = Views.Random<float>(random, 7, 33, 50), b = Views.Random<float>(random, 50, 20);
        Compare(a, b.With(b.Layout.BroadcastTo([7, 50, 20])), [7, 33, 20], 1e-5);
    }

    [Fact]
    public void LargeBatchesAgree()
    {
        var random = new Random(7);
        View<float> a = Views.Random<float>(random, 3, 150, 130), b = Views.Random<float>(random, 3, 130, 140);
        Compare(a, b, [3, 150, 140], 1e-5);
    }

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(3, 0, 4)]
    [InlineData(3, 4, 0)]
    [InlineData(0, 0, 0)]
    public void EmptySumsAreZero(int m, int n, int k)
    {
        View<double> y = Views.Empty<double>(m, n);
        Device.Cpu.Fill(y, double.NaN);
        Device.Cpu.MatMul(Views.Empty<double>(m, k), Views.Empty<double>(k, n), y);
        Assert.All(y.Read(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(2, 3, 7)]
    [InlineData(3, 40, 70)]
    [InlineData(40, 40, 40)]
    [InlineData(30, 2500, 20)]
    [InlineData(20, 20, 5000)]
    public void NotANumberAndInfinityTimesZeroPropagate(int m, int n, int k)
    {
        foreach (float hostile in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (bool transposed in (bool[])[false, true])
            {
                View<float> a = Views.Empty<float>(m, k), b = transposed ? Transposed(Views.Empty<float>(n, k)) : Views.Empty<float>(k, n);
                View<float> y = Views.Empty<float>(m, n);
                Device.Cpu.Fill(a, 0f);
                Device.Cpu.Fill(b, 1f);
                // Zeros of A meet a hostile column of B; nothing else is hurt.
                View<float> column = b.With(b.Layout.Slice(1, n / 2, 1).Slice(0, k - 1, 1));
                Device.Cpu.Fill(column, hostile);
                Device.Cpu.MatMul(a, b, y);
                float[] result = y.Read();
                for (int i = 0; i < result.Length; i++)
                {
                    Assert.Equal(i % n == n / 2, float.IsNaN(result[i]));
                }
            }
        }
    }

    [Theory]
    [InlineData(360, 100, 23589, false, true)]
    [InlineData(100, 5000, 360, true, false)]
    [InlineData(500, 400, 300, false, false)]
    [InlineData(128, 130, 127, false, false)]
    [InlineData(300, 65, 250, true, true)]
    [InlineData(1, 1000, 3000, false, true)]
    [InlineData(1, 1, 1_000_001, false, true)]
    [InlineData(7, 3, 200_000, false, true)]
    [InlineData(3, 4000, 500, false, false)]
    public void BitsDoNotDependOnTheNumberOfThreads(int m, int n, int k, bool transposeA, bool transposeB)
    {
        var random = new Random(8);
        View<float> a = transposeA ? Transposed(Views.Random<float>(random, k, m)) : Views.Random<float>(random, m, k);
        View<float> b = transposeB ? Transposed(Views.Random<float>(random, n, k)) : Views.Random<float>(random, k, n);
        Threads.SameBits(() =>
        {
            View<float> y = Views.Empty<float>(m, n);
            Device.Cpu.MatMul(a, b, y);
            return y.Read();
        });
    }

    [Fact]
    public void AllRegistersGiveTheSameBits()
    {
        foreach ((int m, int n, int k) in ((int, int, int)[])[(37, 45, 100), (12, 70, 33), (100, 100, 700), (5, 9, 3)])
        {
            float[] wide = Product<float, Kernel512<float>>(m, n, k, 9), middle = Product<float, Kernel256<float>>(m, n, k, 9);
            float[] narrow = Product<float, Kernel128<float>>(m, n, k, 9);
            Assert.Equal(middle, narrow);
            Assert.Equal(middle, wide);
            double[] wideDouble = Product<double, Kernel512<double>>(m, n, k, 9);
            Assert.Equal(wideDouble, Product<double, Kernel256<double>>(m, n, k, 9));
            Assert.Equal(wideDouble, Product<double, Kernel128<double>>(m, n, k, 9));
        }
    }

    [Theory]
    [InlineData(8, 100, 784, true, false, "Dot")]
    [InlineData(360, 1, 100, true, true, "Dot")]
    [InlineData(1, 1000, 1000, false, true, "Rows")]
    [InlineData(4, 4, 1000, false, true, "Blocked")]
    [InlineData(360, 100, 23589, true, false, "SplitDepth")]
    [InlineData(100, 23589, 360, false, true, "Wide")]
    [InlineData(512, 512, 512, false, true, "Blocked")]
    [InlineData(128, 128, 128, false, true, "Compact")]
    [InlineData(100, 100, 100, false, true, "Blocked")]
    public void TheWayFitsTheShape(int m, int n, int k, bool alongDepth, bool adjacentColumns, string expected) =>
        Assert.Equal(expected, MatMulSelector.Choose(new(m, n, k, alongDepth, adjacentColumns, 384)).ToString());

    private static unsafe T[] Product<T, TKernel>(int m, int n, int k, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IMicroKernel<T>
    {
        var random = new Random(seed);
        T[] a = Views.Random<T>(random, m, k).Read(), b = Views.Random<T>(random, k, n).Read(), y = new T[m * n];
        fixed (T* pa = a, pb = b, py = y)
        {
            BlockedMatMul<T, TKernel>.Run(
                new MatMulProblem<T> { M = m, N = n, K = k, A = pa, ARow = k, AColumn = 1, B = pb, BRow = n, BColumn = 1, C = py, CRow = n });
        }
        return y;
    }

    private static void Check<T>(int m, int n, int k, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(10);
        foreach (string layout in (string[])["NN", "NT", "TN", "TT", "awkward"])
        {
            View<T> a = layout[0] switch
            {
                'N' => Views.Random<T>(random, m, k),
                'T' => Transposed(Views.Random<T>(random, k, m)),
                _ => Views.Awkward<T>(random, true, m, k),
            };
            View<T> b = layout[1] switch
            {
                'N' => Views.Random<T>(random, k, n),
                'T' => Transposed(Views.Random<T>(random, n, k)),
                _ => Views.Awkward<T>(random, true, k, n),
            };
            Compare(a, b, [m, n], tolerance);
        }
    }

    private static void Compare<T>(View<T> a, View<T> b, int[] shape, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int m = shape[^2], n = shape[^1], k = a.Shape[-1];
        double[] expected = Reference.MatMul(a.ReadDouble(), b.ReadDouble(), new Shape(shape).Count / (m * n), m, n, k);
        T[] actual = Threads.SameBits(() =>
        {
            View<T> y = Views.Empty<T>(shape);
            Device.Cpu.Fill(y, T.NaN);
            Device.Cpu.MatMul(a, b, y);
            return y.Read();
        });
        double scale = Math.Sqrt(k);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(double.CreateTruncating(actual[i]) - expected[i]);
            Assert.True(error <= tolerance * (scale + Math.Abs(expected[i])),
                $"{a.Layout.Shape} x {b.Layout.Shape}: element {i} is {actual[i]}, not {expected[i]}.");
        }
    }

    private static View<T> Transposed<T>(View<T> view)
        where T : unmanaged => view.With(view.Layout.Permute([1, 0]));
}
