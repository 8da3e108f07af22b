using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class ReduceTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void ReducesAnyAxes(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((Shape from, Shape to) in ((Shape, Shape)[])
            [
                ([], []), ([1], [1]), ([1037], [1]), ([7, 33], [7, 1]), ([33, 7], [1, 7]), ([3, 5, 7], [3, 1, 7]), ([3, 5, 7], [1, 5, 1]), ([2, 3, 4, 5], [1, 3, 1, 5]),
                ([2, 3, 4, 5], [2, 1, 4, 1]), ([0, 4], [1, 4]), ([4, 0], [4, 1]), ([0, 4], [0, 1]), ([2, 700, 2], [2, 1, 2]), ([5, 6], [5, 6]),
                ([3, 64], [3, 1]), ([64, 8], [1, 8]), ([3, 300, 4], [3, 1, 4]), ([2, 1030], [2, 1]), ([1000, 4], [1, 4]), ([4, 12], [1, 1]),
            ])
            {
                Layout x = new(from);
                All(x, to);
                if (from.Rank == 2 && from.Count > 0)
                {
                    All(x.Permute([1, 0]), to.Rank == 2 ? [to[1], to[0]] : to);
                    All(x.Slice(0, 0, 1).BroadcastTo([4, from[1]]), [1, from[1]]);
                }
            }

            void All(Layout x, Shape to)
            {
                T[] values = Arrays.Random<T>(Math.Max(1, new Layout(x.Shape).Shape.Count), 5);
                Same(new Sum<T>(T.CreateChecked(0.5)));
                Same(new Max<T>());
                Same(new Min<T>());
                Same(new SumOfSquares<T>());

                void Same<TOp>(TOp op)
                    where TOp : struct, IReductionKernel<T> => Arrays.AssertClose(Run(Device.Cpu, op), Run(device, op), 20 * Arrays.Tolerance<T>());

                T[] Run<TOp>(Device on, TOp op)
                    where TOp : struct, IReductionKernel<T>
                {
                    View<T> y = on.View(to, Enumerable.Repeat(T.CreateChecked(99), Math.Max(1, to.Count)).ToArray());
                    on.Reduce(on.View(x, values), y, op);
                    return y.Storage();
                }
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void SplitsLongSumsTheSameWayEachTime(string name)
    {
        Device device = Device.Parse(name);
        const int Count = 20_011;
        float[] values = Arrays.Random<float>(Count, 6);
        View<float> x = device.View([Count], values), y = device.View([1], 0f);
        var results = new HashSet<float>();
        for (int i = 0; i < 3; i++)
        {
            device.Reduce(x, y, new Sum<float>(1));
            results.Add(y.Storage()[0]);
        }
        Assert.Equal(values.Sum(v => (double)v), Assert.Single(results), 1e-3);
    }

    /// <summary>Sums with and without aligned fours take other paths; both are right, whatever lies beyond the elements.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void ReadsNothingBeyondTheElements(string name)
    {
        Device device = Device.Parse(name);
        for (int start = 0; start < 5; start++)
        {
            for (int count = 1; count < 24; count++)
            {
                float[] values = Enumerable.Repeat(float.NaN, 40).ToArray();
                for (int i = 0; i < count; i++)
                {
                    values[start + i] = i + 1;
                }

                View<float> x = device.View(new Layout([40]).Slice(0, start, count), values), y = device.View([1], 0f);
                device.Reduce(x, y, new Sum<float>(1));
                Assert.Equal(count * (count + 1) / 2, y.Storage()[0]);
                device.SquaredError(x, x, y.With(new Layout([])), 1f);
                Assert.Equal(0, y.Storage()[0]);
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void PassesNaNOn(string name)
    {
        Device device = Device.Parse(name);
        double[] values = Arrays.Random<double>(300, 7);
        values[123] = double.NaN;
        View<double> x = device.View([300], values), y = device.View([1], 0.0);
        device.Reduce(x, y, new Max<double>());
        Assert.Equal(double.NaN, y.Storage()[0]);
        device.Reduce(x, y, new Min<double>());
        Assert.Equal(double.NaN, y.Storage()[0]);
    }

    [Theory, MemberData(nameof(Devices))]
    public void SumsSquaredErrors(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((Shape shape, int[] order) in ((Shape, int[])[])[([], []), ([0], [0]), ([1], [0]), ([360, 1], [0, 1]), ([37, 53], [1, 0]), ([90, 300], [0, 1])])
            {
                T[] p = Arrays.Random<T>(Math.Max(1, shape.Count), 8), t = Arrays.Random<T>(Math.Max(1, shape.Count), 9);
                Arrays.AssertClose(Run(Device.Cpu), Run(device), 100 * Arrays.Tolerance<T>());

                T[] Run(Device on)
                {
                    View<T> prediction = on.View(new Layout(shape).Permute(order), p), target = on.View(new Layout(shape).Permute(order).Shape, t);
                    View<T> loss = on.View(new Layout([3]).Slice(0, 1, 1), new T[3]);
                    Assert.True(loss.Layout.TryReshape([], out Layout scalar));
                    on.SquaredError(prediction, target, loss.With(scalar), T.CreateChecked(0.01));
                    return loss.Storage();
                }
            }
        }
    }
}
