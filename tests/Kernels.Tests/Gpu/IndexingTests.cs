using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class IndexingTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void GathersScattersAndAccumulates(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var random = new Random(16);
            for (int axis = 0; axis < 3; axis++)
            {
                Shape many = [4, 5, 6], few = many.With(axis, 3);
                T[] large = Arrays.Random<T>(120, 17), small = Arrays.Random<T>(120, 18);
                foreach (Layout source in (Layout[])[new(many), new Layout([6, 5, 4]).Permute([2, 1, 0])])
                {
                    int[] indices = [.. Enumerable.Range(0, few.Count).Select(_ => random.Next(many[axis]))];
                    Arrays.AssertClose(Gather(Device.Cpu), Gather(device), 0);
                    Arrays.AssertClose(Scatter(Device.Cpu), Scatter(device), Arrays.Tolerance<T>());
                    Arrays.AssertClose(Accumulate(Device.Cpu, false), Accumulate(device, false), Arrays.Tolerance<T>());
                    Arrays.AssertClose(Accumulate(Device.Cpu, true), Accumulate(device, true), Arrays.Tolerance<T>());

                    T[] Gather(Device on)
                    {
                        View<T> y = on.View(few, new T[few.Count]);
                        on.Gather(on.View(source, large), on.View(few, indices), y, axis);
                        return y.Storage();
                    }

                    T[] Scatter(Device on)
                    {
                        View<T> y = on.View(source, large);
                        on.ScatterAdd(on.View(few, small[..few.Count]), on.View(few, indices), y, axis);
                        return y.Storage();
                    }

                    T[] Accumulate(Device on, bool reverse)
                    {
                        View<T> y = on.View(many, new T[120]);
                        on.CumulativeSum(on.View(source, large), y, axis, reverse);
                        return y.Storage();
                    }
                }
            }
        }
    }

    /// <summary>Few long lines, which many groups share, and many short ones; along the lines of memory and across them; against sums in double precision.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void AccumulatesLongLinesAndLeavesNothingOut(string name)
    {
        Device device = Device.Parse(name);
        foreach ((Shape shape, int axis) in ((Shape, int)[])[([1], 0), ([17], 0), ([2003], 0), ([2048], 0), ([2, 1500], 1), ([1500, 3], 0), ([20, 33], 1), ([33, 20], 0), ([2, 40, 3], 1)])
        {
            float[] values = Arrays.Random<float>(shape.Count, 61);
            int length = shape[axis], inner = shape.AsSpan()[(axis + 1)..].ToArray().Aggregate(1, (a, b) => a * b);
            foreach (bool reverse in (bool[])[false, true])
            {
                double[] expected = new double[shape.Count];
                for (int i = 0; i < shape.Count; i++)
                {
                    int element = reverse ? shape.Count - 1 - i : i, place = element / inner % length, before = element + (reverse ? inner : -inner);
                    expected[element] = values[element] + (place == (reverse ? length - 1 : 0) ? 0 : expected[before]);
                }
                View<float> x = device.View(shape, values), y = device.View(shape, new float[shape.Count]);
                device.CumulativeSum(x, y, axis, reverse);
                float[] actual = y.Storage();
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.True(Math.Abs(actual[i] - expected[i]) < 2e-5 * Math.Max(10, Math.Abs(expected[i])), $"{shape}, axis {axis}, reverse {reverse}, element {i}: expected {expected[i]}, got {actual[i]}");
                }

                device.CumulativeSum(x, x, axis, reverse);
                Assert.Equal(actual, x.Storage());
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void RunningSumsAreSpoiltOnlyFromTheSpoiltElementOn(string name)
    {
        Device device = Device.Parse(name);
        float[] values = Enumerable.Repeat(1f, 1000).ToArray();
        values[700] = float.PositiveInfinity;
        values[800] = float.NaN;
        View<float> x = device.View([1000], values);
        device.CumulativeSum(x, x, 0, reverse: false);
        float[] sums = x.Storage();
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(i < 700 ? i + 1 : i < 800 ? float.PositiveInfinity : float.NaN, sums[i]);
        }
    }

    /// <summary>One long line onto few and onto many places, lines that share their indices (rows of an embedding), and one place for all.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void ScattersLongLinesTheSameWayEachTime(string name)
    {
        Device device = Device.Parse(name);
        var random = new Random(62);
        foreach ((int length, int lines, int places, bool shared) in ((int, int, int, bool)[])[(3000, 1, 7, false), (500, 1, 2000, false), (700, 3, 5, true), (400, 2, 900, true), (600, 2, 1, false), (300, 5, 40, false)])
        {
            double[] values = Arrays.Random<double>(length * lines, 63);
            int[] numbers = [.. Enumerable.Range(0, shared ? length : length * lines).Select(_ => random.Next(places))];
            double[] expected = Enumerable.Repeat(0.5, places * lines).ToArray();
            for (int i = 0; i < length * lines; i++)
            {
                expected[numbers[shared ? i / lines : i] * lines + i % lines] += values[i];
            }

            double[] first = Run();
            Arrays.AssertClose(expected, first, 1e-12);
            Assert.Equal(first, Run());

            double[] Run()
            {
                View<double> y = device.View([places, lines], Enumerable.Repeat(0.5, places * lines).ToArray());
                View<int> indices = device.View(shared ? new Layout([length, 1]).BroadcastTo([length, lines]) : new Layout([length, lines]), numbers);
                device.ScatterAdd(device.View([length, lines], values), indices, y, 0);
                return y.Storage();
            }
        }
    }

    /// <summary>Rows of a matrix are gathered in fours where they lie in fours.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void GathersRows(string name)
    {
        Device device = Device.Parse(name);
        int[] rows = [3, 0, 3, 6, 1];
        foreach (int columns in (int[])[5, 8, 12])
        {
            float[] values = Arrays.Random<float>(7 * columns, 64);
            View<float> y = device.View([rows.Length, columns], new float[rows.Length * columns]);
            device.Gather(device.View([7, columns], values), device.View(new Layout([rows.Length, 1]).BroadcastTo([rows.Length, columns]), rows), y, 0);
            Assert.Equal(rows.SelectMany(row => values[(row * columns)..((row + 1) * columns)]), y.Storage());
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void AcceptsEmptyAxes(string name)
    {
        Device device = Device.Parse(name);
        View<float> none = device.View<float>([0, 3], new float[1]), sums = device.View<float>([2, 3], 1, 2, 3, 4, 5, 6);
        View<int> nowhere = device.View<int>([0, 3], new int[1]);
        device.Gather(sums, nowhere, none, 0);
        device.ScatterAdd(none, nowhere, sums, 0);
        device.CumulativeSum(none, none, 0, false);
        Assert.Equal([1, 2, 3, 4, 5, 6], sums.Storage());
    }
}
