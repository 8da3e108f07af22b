using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Reductions, cumulative sums and the squared error against plain loops in double.</summary>
public class ReductionTests
{
    private static readonly int[][] Shapes =
    [
        [], [1], [5], [31], [4096], [4097], [9000], [3, 5], [5, 3], [100, 7], [7, 100], [200, 65], [65, 200], [3, 4, 5], [2, 3, 4, 5],
            [2, 5000], [5000, 2], [5000, 9],
        [3, 1, 7], [70, 2, 80], [9, 130, 4],
    ];

    [Fact]
    public void EveryChoiceOfAxesAgrees()
    {
        var random = new Random(1);
        foreach (int[] shape in Shapes)
        {
            for (int axes = 0; axes < 1 << shape.Length; axes++)
            {
                int[] result = Kept(shape, axes);
                View<float> x = Views.Awkward<float>(random, true, shape);
                View<double> z = Views.Awkward<double>(random, true, shape);
                Check(x, result, new Sum<float>(0.5f), 0, (a, b) => a + b, v => v / 2, 1e-6);
                Check(z, result, new Sum<double>(0.5), 0, (a, b) => a + b, v => v / 2, 1e-12);
                Check(x, result, default(SumOfSquares<float>), 0, (a, b) => a + b * b, v => v, 1e-6);
                Check(x, result, default(Max<float>), double.NegativeInfinity, Math.Max, v => v, 0);
                Check(z, result, default(Min<double>), double.PositiveInfinity, Math.Min, v => v, 0);
            }
        }
    }

    [Fact]
    public void TheOrderDependsOnTheShapeAlone()
    {
        var random = new Random(2);
        foreach (int[] shape in Shapes)
        {
            for (int axes = 0; axes < 1 << shape.Length; axes++)
            {
                View<float> strided = Views.Awkward<float>(random, false, shape);
                View<float> contiguous = Views.From<float>(strided.Read(), shape);
                Assert.Equal(Reduce(contiguous, Kept(shape, axes), new Sum<float>(1)), Reduce(strided, Kept(shape, axes), new Sum<float>(1)));
            }
        }
    }

    [Fact]
    public void BitsDoNotDependOnTheNumberOfThreads()
    {
        var random = new Random(3);
        foreach ((int[] shape, int axes) in ((int[], int)[])[([300001], 1), ([40000, 9], 1), ([701, 503], 1), ([701, 503], 2),
            ([3, 90001], 2), ([20, 300, 70], 2), ([20, 300, 70], 5)])
        {
            View<float> x = Views.Random<float>(random, shape);
            Threads.SameBits(() => Reduce(x, Kept(shape, axes), new Sum<float>(1)));
            Threads.SameBits(() => Reduce(x, Kept(shape, axes), default(Max<float>)));
        }
    }

    [Fact]
    public void SumsOfManyEqualNumbersStayAccurate()
    {
        // One after the other, ten million tenths in float give 1,087,937.
        View<float> x = Views.Empty<float>(10_000_000);
        Device.Cpu.Fill(x, 0.1f);
        Assert.Equal(1_000_000, Reduce(x, [1], new Sum<float>(1))[0], 1.0);
        View<float> table = x.With(new Layout([5_000_000, 2]));
        Assert.All(Reduce(table, [1, 2], new Sum<float>(1)), sum => Assert.Equal(500_000, sum, 0.5));
    }

    [Fact]
    public void NoElementsGiveTheIdentity()
    {
        Assert.Equal([0, 0, 0], Reduce(Views.Empty<float>(0, 3), [1, 3], new Sum<float>(1)));
        Assert.Equal([float.NegativeInfinity], Reduce(Views.Empty<float>(0), [1], default(Max<float>)));
        Assert.Empty(Reduce(Views.Empty<float>(3, 0), [1, 0], new Sum<float>(1)));
    }

    [Fact]
    public void NotANumberWins()
    {
        foreach (int length in (int[])[1, 7, 8, 33, 5000])
        {
            for (int place = 0; place < length; place += 1 + length / 7)
            {
                var values = new float[length];
                values[place] = float.NaN;
                View<float> x = Views.From<float>(values, length);
                Assert.Equal([float.NaN], Reduce(x, [1], default(Max<float>)));
                Assert.Equal([float.NaN], Reduce(x, [1], default(Min<float>)));
                Assert.Equal([float.NaN], Reduce(x, [1], new Sum<float>(1)));
                Assert.Equal([float.NaN], Reduce(x.With(new Layout([length, 1])), [1, 1], default(Max<float>)));
            }
        }
    }

    [Fact]
    public void CumulativeSumsAgree()
    {
        var random = new Random(4);
        foreach (int[] shape in Shapes.Where(s => s.Length > 0).Append([300, 200]).Append([3, 0, 2]))
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                foreach (bool reverse in (bool[])[false, true])
                {
                    View<double> x = Views.Awkward<double>(random, true, shape);
                    double[] actual = Threads.SameBits(() =>
                    {
                        View<double> y = Views.Awkward<double>(new Random(5), false, shape);
                        Device.Cpu.CumulativeSum(x, y, axis, reverse);
                        return y.Read();
                    });
                    Assert.Equal(Reference.CumulativeSum(x.Read(), x.Shape, axis, reverse), actual);
                }
            }
        }
    }

    [Fact]
    public void SquaredErrorsAgree()
    {
        var random = new Random(6);
        foreach (int[] shape in Shapes.Append([200, 300]).Append([0]))
        {
            View<float> a = Views.Awkward<float>(random, true, shape), b = Views.Awkward<float>(random, true, shape);
            float[] loss = Threads.SameBits(() =>
            {
                View<float> y = Views.Empty<float>();
                Device.Cpu.SquaredError(a, b, y, 0.25f);
                return y.Read();
            });
            double expected = a.ReadDouble().Zip(b.ReadDouble(), (u, v) => (u - v) * (u - v)).Sum() / 4;
            Assert.Equal(expected, loss[0], 1e-6 * expected + 1e-12);
        }
    }

    private static int[] Kept(int[] shape, int axes) => shape.Select((size, axis) => (axes >> axis & 1) != 0 ? 1 : size).ToArray();

    private static T[] Reduce<T, TOp>(View<T> x, int[] result, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        View<T> y = Views.Empty<T>(result);
        Device.Cpu.Reduce(x, y, op);
        return y.Read();
    }

    private static void Check<T, TOp>(View<T> x, int[] result, TOp op, double identity, Func<double, double, double> combine,
        Func<double, double> finish, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        double[] expected = Reference.Reduce(x.ReadDouble(), x.Shape, new Shape(result), identity, combine);
        double scale = Math.Sqrt((double)x.Count / Math.Max(1, expected.Length));
        View<T> y = Views.Awkward<T>(new Random(7), false, result);
        Device.Cpu.Reduce(x, y, op);
        double[] actual = y.ReadDouble();
        for (int i = 0; i < actual.Length; i++)
        {
            double exact = finish(expected[i]);
            Assert.True(Math.Abs(actual[i] - exact) <= tolerance * (scale + Math.Abs(exact)),
                $"{typeof(TOp).Name} of {x.Shape} to {y.Shape}: element {i} is {actual[i]}, not {exact}.");
        }
    }
}
