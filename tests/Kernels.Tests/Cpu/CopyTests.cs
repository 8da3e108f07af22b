using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Copies, fills, gathers and scatters between awkward layouts.</summary>
public class CopyTests
{
    private static readonly int[][] Shapes = [[], [1], [7], [100], [3, 5], [33, 65], [64, 64], [2, 40, 50], [5, 6, 7, 8], [0, 3], [301, 203]];

    [Fact]
    public void CopiesKeepEveryElement()
    {
        var random = new Random(1);
        foreach (int[] shape in Shapes.Concat(Shapes).Concat(Shapes))
        {
            View<float> x = Views.Awkward<float>(random, true, shape), y = Views.Awkward<float>(random, false, shape);
            View<double> u = Views.Awkward<double>(random, true, shape), v = Views.Awkward<double>(random, false, shape);
            foreach (int threads in (int[])[1, 4])
            {
                Threads.With(threads, () =>
                {
                    Device.Cpu.Copy(x, y);
                    Device.Cpu.Copy(u, v);
                });
                Assert.Equal(x.Read(), y.Read());
                Assert.Equal(u.Read(), v.Read());
            }
        }
    }

    [Fact]
    public void TransposesOfEveryElementSize()
    {
        Check<byte>(i => (byte)i);
        Check<short>(i => (short)i);
        Check<int>(i => i);
        Check<long>(i => i);
        Check<decimal>(i => i);

        static void Check<T>(Func<int, T> value)
            where T : unmanaged
        {
            foreach ((int rows, int columns) in ((int, int)[])[(1, 9), (9, 1), (4, 4), (8, 8), (37, 53), (64, 100)])
            {
                T[] values = Enumerable.Range(0, rows * columns).Select(value).ToArray();
                View<T> x = Views.From<T>(values, rows, columns), y = Views.Empty<T>(columns, rows);
                Device.Cpu.Copy(x.With(x.Layout.Permute([1, 0])), y);
                T[] actual = y.Read();
                for (int i = 0; i < actual.Length; i++)
                {
                    Assert.Equal(values[i % rows * columns + i / rows], actual[i]);
                }
            }
        }
    }

    [Fact]
    public void FillsReachEveryElementAndNoOther()
    {
        var random = new Random(2);
        foreach (int[] shape in Shapes.Concat(Shapes))
        {
            View<float> y = Views.Awkward<float>(random, false, shape);
            var all = new float[y.Storage.Length];
            Array.Fill(all, 7f);
            Device.Cpu.Upload<float>(all, y.Storage, 0);
            Device.Cpu.Fill(y, 2f);
            Assert.All(y.Read(), value => Assert.Equal(2f, value));
            Device.Cpu.Download(y.Storage, 0, all);
            Assert.Equal(y.Count, all.Count(value => value == 2f));
            Assert.Equal(all.Length - y.Count, all.Count(value => value == 7f));
        }
    }

    [Fact]
    public void TransfersDoNotLeaveTheStorage()
    {
        var storage = new Storage<float>(Device.Cpu, 4);
        Device.Cpu.Upload<float>([1, 2], storage, 2);
        var two = new float[2];
        Device.Cpu.Download(storage, 2, two);
        Assert.Equal([1, 2], two);
        Assert.ThrowsAny<ArgumentException>(() => Device.Cpu.Upload<float>([1, 2, 3], storage, 2));
        Assert.ThrowsAny<ArgumentException>(() => Device.Cpu.Download(storage, 3, two));
    }

    [Fact]
    public void GathersAndScattersAgree()
    {
        var random = new Random(3);
        foreach ((int[] shape, int size) in ((int[], int)[])[([5], 3), ([1], 1), ([40, 30], 9), ([3, 200, 50], 7), ([2, 3, 4], 5),
            ([0, 3], 2), ([20000], 10)])
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                int[] source = [.. shape];
                source[axis] = size;
                int[] at = new int[new Shape(shape).Count];
                for (int i = 0; i < at.Length; i++)
                {
                    at[i] = random.Next(size);
                }

                View<int> indices = Views.From<int>(at, shape);
                View<double> x = Views.Awkward<double>(random, true, source), picked = Views.Awkward<double>(random, false, shape);
                Threads.With(4, () => Device.Cpu.Gather(x, indices, picked, axis));
                Assert.Equal(Reference.Gather(x.Read(), x.Shape, at, picked.Shape, axis), picked.Read());

                View<double> values = Views.Awkward<double>(random, true, shape);
                double[] expected = new double[x.Count];
                Array.Fill(expected, 0.5);
                Reference.ScatterAdd(values.Read(), values.Shape, at, expected, x.Shape, axis);
                double[] actual = Threads.SameBits(() =>
                {
                    View<double> y = Views.Awkward<double>(new Random(4), false, source);
                    Device.Cpu.Fill(y, 0.5);
                    Device.Cpu.ScatterAdd(values, indices, y, axis);
                    return y.Read();
                });
                Assert.Equal(expected, actual);
            }
        }
    }
}
