using System.Numerics;
using System.Runtime.Intrinsics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>The elementwise loops over every kind of layout, and every op's vector body against its scalar body.</summary>
public class ElementwiseTests
{
    private static readonly int[][] Shapes = [[], [1], [3], [31], [32], [1000], [7, 5], [100, 3], [3, 100], [40, 41], [5, 1, 7],
        [2, 3, 4, 5], [2, 1, 3, 2, 2], [0], [3, 0], [260, 130]];

    [Fact]
    public void UnaryLoopsReachEveryElement()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var random = new Random(1);
            foreach (int[] shape in Shapes.Concat(Shapes))
            {
                View<T> x = Views.Awkward<T>(random, true, shape), y = Views.Awkward<T>(random, false, shape);
                T[] before = x.Read();
                Device.Cpu.Map(x, y, new Affine<T>(T.One + T.One, T.One));
                Assert.Equal(before.Select(v => (T.One + T.One) * v + T.One), y.Read());
                Assert.Equal(before, x.Read());
            }
        }
    }

    [Fact]
    public void BinaryLoopsReachEveryElementAndNoOther()
    {
        var random = new Random(2);
        foreach (int[] shape in Shapes.Concat(Shapes).Concat(Shapes))
        {
            View<float> a = Views.Awkward<float>(random, true, shape), b = Views.Awkward<float>(random, true, shape);
            View<float> y = Views.Awkward<float>(random, false, shape);
            var before = new float[y.Storage.Length];
            Device.Cpu.Download(y.Storage, 0, before);
            Device.Cpu.Zip(a, b, y, default(Subtract<float>));
            Assert.Equal(a.Read().Zip(b.Read(), (u, v) => u - v), y.Read());
            var after = new float[y.Storage.Length];
            Device.Cpu.Download(y.Storage, 0, after);
            for (int i = 0; i < y.Count; i++)
            {
                after[Reference.At(y.Layout, i)] = before[Reference.At(y.Layout, i)];
            }

            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void TernaryLoopsReachEveryElement()
    {
        var random = new Random(3);
        foreach (int[] shape in Shapes.Concat(Shapes))
        {
            View<double> a = Views.Awkward<double>(random, true, shape), b = Views.Awkward<double>(random, true, shape);
            View<double> c = Views.Awkward<double>(random, true, shape);
            View<double> mask = Views.Empty<double>(shape), y = Views.Awkward<double>(random, false, shape);
            View<double> zero = Views.From<double>([0]);
            Device.Cpu.Zip(a, zero.With(zero.Layout.BroadcastTo(new Shape(shape))), mask, default(Greater<double>));
            Device.Cpu.Zip(mask, b, c, y, default(Where<double>));
            double[] u = a.Read(), v = b.Read(), w = c.Read();
            Assert.Equal(u.Select((value, i) => value > 0 ? v[i] : w[i]), y.Read());
        }
    }

    [Fact]
    public void OperandsOfFewerAxesAreBroadcast()
    {
        View<float> x = Views.From<float>([1, 2, 3], 3), y = Views.Empty<float>(2, 3);
        Device.Cpu.Map(x, y, default(Identity<float>));
        Assert.Equal([1, 2, 3, 1, 2, 3], y.Read());
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(17, 65)]
    [InlineData(33, 130)]
    [InlineData(250, 300)]
    public void TransposedOperandsAreReadInTiles(int rows, int columns)
    {
        var random = new Random(7);
        View<float> row = Views.Random<float>(random, rows, columns), across = Views.Random<float>(random, columns, rows);
        View<float> number = Views.Random<float>(random, rows, 1), y = Views.Empty<float>(rows, columns);
        across = across.With(across.Layout.Permute([1, 0]));
        number = number.With(number.Layout.BroadcastTo(y.Shape));
        foreach ((View<float> a, View<float> b) in ((View<float>, View<float>)[])[(row, across), (across, row), (across, across), (number, across)])
        {
            Device.Cpu.Zip(a, b, y, default(Subtract<float>));
            Assert.Equal(a.Read().Zip(b.Read(), (u, v) => u - v), y.Read());
        }
        float[] before = row.Read();
        Device.Cpu.Zip(row, across, row, default(Multiply<float>));
        Assert.Equal(before.Zip(across.Read(), (u, v) => u * v), row.Read());
    }

    [Fact]
    public void InPlaceIsAllowed()
    {
        var random = new Random(4);
        foreach (int[] shape in Shapes)
        {
            View<float> x = Views.Awkward<float>(random, false, shape), b = Views.Awkward<float>(random, true, shape);
            float[] u = x.Read(), v = b.Read();
            Device.Cpu.Zip(x, b, x, default(Multiply<float>));
            Device.Cpu.Zip(x, x, x, default(Add<float>));
            Assert.Equal(u.Zip(v, (p, q) => p * q + p * q), x.Read());
        }
    }

    [Fact]
    public void LargeOnesHaveTheSameBitsForAnyNumberOfThreads()
    {
        var random = new Random(5);
        View<float> a = Views.Random<float>(random, 301, 503), b = Views.Random<float>(random, 503, 301);
        Threads.SameBits(() =>
        {
            View<float> y = Views.Empty<float>(301, 503);
            Device.Cpu.Zip(a, b.With(b.Layout.Permute([1, 0])), y, default(Power<float>));
            return y.Read();
        });
    }

    /// <summary>Wide vectors, pairs of them, narrow ones and what is left over: whatever the length, each element has the bits it has alone.</summary>
    [Fact]
    public void BitsDoNotDependOnThePlace()
    {
        Check<Exp<float>>();
        Check<Log<float>>();
        Check<Sigmoid<float>>();
        Check<Tanh<float>>();

        static void Check<TOp>()
            where TOp : struct, IUnaryKernel<float>
        {
            var random = new Random(7);
            float[] hostile = Array.ConvertAll(Hostile(), value => (float)value);
            foreach (int count in Enumerable.Range(1, 140).Append(1003))
            {
                // At most one hostile number in three vectors, so that all ways through them are taken.
                float[] x = [.. Enumerable.Range(0, count).Select(_ => random.Next(24) == 0 ? hostile[random.Next(hostile.Length)] : 8 * random.NextSingle() - 4)];
                float[] alone = Array.ConvertAll(x, value => default(TOp).Invoke(Vector256.Create(value))[0]);
                GuardedView<float> from = new(Device.Cpu, [count], x), to = new(Device.Cpu, [count]);
                Device.Cpu.Map(from.View, to.View, default(TOp));
                AssertSame(alone, to.Read(), typeof(TOp).Name);
                Device.Cpu.Map(from.View, from.View, default(TOp));
                AssertSame(alone, from.Read(), $"{typeof(TOp).Name} in place");
            }
            // Rows that are no whole vectors: where a vector begins depends on the threads.
            View<float> a = Views.From<float>(Array.ConvertAll(Enumerable.Range(0, 301 * 503).ToArray(), i => (i * 37 % 1009 - 504) / 5f), 301, 503);
            Threads.SameBits(() =>
            {
                View<float> y = Views.Empty<float>(301, 512);
                Device.Cpu.Fill(y, 0f);
                Device.Cpu.Map(a, y.With(y.Layout.Slice(1, 5, 503)), default(TOp));
                return y.Read();
            });
        }

        static void AssertSame(float[] expected, float[] actual, string what)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(Bits.Same(expected[i], actual[i]), $"{what}: element {i} of {expected.Length} is {actual[i]:R}, alone {expected[i]:R}.");
            }
        }
    }

    /// <summary>The vector bodies and the scalar ones (which the GPU runs) must say the same, for hostile numbers too.</summary>
    [Fact]
    public void VectorAndScalarBodiesAgree()
    {
        Unary<Abs<float>, float>(default);
        Unary<Affine<float>, float>(new(2, -1));
        Unary<Clip<float>, float>(new(-1, 2));
        Unary<Cos<float>, float>(default);
        Unary<BesselRatio<float>, float>(default);
        Unary<Elu<float>, float>(new(0.5f));
        Unary<Erf<float>, float>(default);
        Unary<Exp<float>, float>(default);
        Unary<LeakyRelu<float>, float>(new(0.1f));
        Unary<Log<float>, float>(default);
        Unary<LogBesselI0<float>, float>(default);
        Unary<Negate<float>, float>(default);
        Unary<PowerOf<float>, float>(new(2.5f));
        Unary<Reciprocal<float>, float>(new(3));
        Unary<Relu<float>, float>(default);
        Unary<Sigmoid<float>, float>(default);
        Unary<Sign<float>, float>(default);
        Unary<Sin<float>, float>(default);
        Unary<Softplus<float>, float>(default);
        Unary<Sqrt<float>, float>(default);
        Unary<Tanh<float>, float>(default);
        Unary<BesselRatio<double>, double>(default);
        Unary<Elu<double>, double>(new(0.5));
        Unary<Erf<double>, double>(default);
        Unary<Exp<double>, double>(default);
        Unary<Log<double>, double>(default);
        Unary<LogBesselI0<double>, double>(default);
        Unary<Sigmoid<double>, double>(default);
        Unary<Softplus<double>, double>(default);
        Unary<Tanh<double>, double>(default);
        Binary<Add<float>, float>();
        Binary<Atan2<float>, float>();
        Binary<Divide<float>, float>();
        Binary<Equal<float>, float>();
        Binary<Greater<float>, float>();
        Binary<GreaterOrEqual<float>, float>();
        Binary<Less<float>, float>();
        Binary<LessOrEqual<float>, float>();
        Binary<Maximum<float>, float>();
        Binary<Minimum<float>, float>();
        Binary<Multiply<float>, float>();
        Binary<NotEqual<float>, float>();
        Binary<Power<float>, float>();
        Binary<ReluGradient<float>, float>();
        Binary<Subtract<float>, float>();
        Binary<Power<double>, double>();
    }

    private static double[] Hostile()
    {
        var random = new Random(6);
        double[] special = [0, -0.0, 1, -1, 0.5, 2, -2, 3, 1e-30, -1e-30, 1e-40, 20, -20, 80, -80, 1e10, -1e10, 1e30,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        return [.. special, .. Enumerable.Range(0, 100).Select(_ => 8 * random.NextDouble() - 4)];
    }

    private static void Unary<TOp, T>(TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IUnaryKernel<T>
    {
        T[] x = Array.ConvertAll(Hostile(), T.CreateTruncating);
        View<T> y = Views.Empty<T>(x.Length);
        Device.Cpu.Map(Views.From<T>(x, x.Length), y, op);
        T[] actual = y.Read();
        for (int i = 0; i < x.Length; i++)
        {
            AssertClose(op.Invoke(x[i]), actual[i], $"{typeof(TOp).Name} of {x[i]}");
        }
    }

    private static void Binary<TOp, T>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>
    {
        T[] x = Array.ConvertAll(Hostile(), T.CreateTruncating);
        View<T> a = Views.From<T>(x, x.Length, 1), b = Views.From<T>(x, 1, x.Length), y = Views.Empty<T>(x.Length, x.Length);
        Device.Cpu.Zip(a.With(a.Layout.BroadcastTo(y.Shape)), b.With(b.Layout.BroadcastTo(y.Shape)), y, default(TOp));
        T[] actual = y.Read();
        for (int i = 0; i < actual.Length; i++)
        {
            AssertClose(default(TOp).Invoke(x[i / x.Length], x[i % x.Length]), actual[i],
                $"{typeof(TOp).Name} of {x[i / x.Length]} and {x[i % x.Length]}");
        }
    }

    private static void AssertClose<T>(T expected, T actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T tolerance = T.CreateTruncating(8) * (T.BitIncrement(T.One) - T.One) * T.Abs(expected) + T.Epsilon;
        Assert.True(Bits.Same(expected, actual) || T.Abs(expected - actual) <= tolerance,
            $"{what}: the scalar body gives {expected}, the vector body {actual}.");
    }
}
