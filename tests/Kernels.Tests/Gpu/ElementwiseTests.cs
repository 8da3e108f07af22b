using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class ElementwiseTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void MapsContiguousAndStrided(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T two = T.CreateChecked(2), half = T.CreateChecked(0.5);
            T[] values = Arrays.Random<T>(2 * 3 * 5 * 7, 1);
            Layout dense = new([2, 3, 5, 7]);
            foreach (Layout x in (Layout[])
            [
                new([210]), dense, dense.Permute([3, 1, 0, 2]), dense.Slice(1, 1, 2).Slice(3, 1, 3, 2), dense.Slice(0, 1, 1).BroadcastTo([4, 3, 5, 7]),
                dense.Slice(2, 4, 0), dense.Slice(0, 1, 1).Slice(1, 2, 1).Slice(2, 3, 1).Slice(3, 6, 1),
            ])
            {
                Layout y = new(x.Shape);
                T[] expected = Run(Device.Cpu, x, y), actual = Run(device, x, y);
                Arrays.AssertClose(expected, actual, 1e-6);
            }

            T[] Run(Device on, Layout x, Layout y)
            {
                View<T> from = on.View(x, values), to = on.View(y, new T[Math.Max(1, y.Shape.Count)]);
                on.Map(from, to, new Affine<T>(two, half));
                return to.Storage();
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void MapsInPlaceWithinAStorageAndLeavesTheRestAlone(string name)
    {
        Device device = Device.Parse(name);
        Layout inner = new Layout([4, 5]).Slice(0, 1, 2).Slice(1, 2, 3);
        View<float> x = device.View(inner, Enumerable.Range(0, 20).Select(i => (float)i).ToArray());
        device.Map(x, x, new Negate<float>());
        float[] expected = [.. Enumerable.Range(0, 20).Select(i => i / 5 is 1 or 2 && i % 5 >= 2 ? -(float)i : i)];
        Assert.Equal(expected, x.Storage());
    }

    [Theory, MemberData(nameof(Devices))]
    public void WalksEightAxesThatDoNotJoin(string name)
    {
        Device device = Device.Parse(name);
        Layout dense = new([2, 3, 2, 2, 3, 2, 2, 3]);
        Layout reversed = dense.Permute([7, 6, 5, 4, 3, 2, 1, 0]);
        double[] values = Arrays.Random<double>(dense.Shape.Count, 2);
        double[] Run(Device on)
        {
            View<double> x = on.View(reversed, values), y = on.View(reversed.Shape, new double[values.Length]);
            on.Copy(x, y);
            return y.Storage();
        }
        Assert.Equal(Run(Device.Cpu), Run(device));
    }

    [Theory, MemberData(nameof(Devices))]
    public void ZipsWithBroadcasting(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Shape shape = [3, 4, 5];
            foreach ((Shape left, Shape right) in ((Shape, Shape)[])[([3, 4, 5], [3, 4, 5]), ([3, 4, 5], [5]), ([4, 1], [3, 1, 5]), ([], [3, 4, 5]), ([1, 4, 1], [5])])
            {
                T[] a = Arrays.Random<T>(left.Count, 3), b = Arrays.Random<T>(right.Count, 4);
                Arrays.AssertClose(Two(Device.Cpu), Two(device), 0);
                Arrays.AssertClose(Three(Device.Cpu), Three(device), 0);

                T[] Two(Device on)
                {
                    View<T> y = on.View(shape, new T[60]);
                    on.Zip(on.View(left, a), on.View(right, b), y, new Subtract<T>());
                    return y.Storage();
                }

                T[] Three(Device on)
                {
                    View<T> y = on.View(shape, new T[60]), mask = on.View<T>([5], T.One, T.Zero, T.NaN, -T.One, T.NegativeZero);
                    on.Zip(mask, on.View(left, a), on.View(right, b), y, new Where<T>());
                    return y.Storage();
                }
            }
        }
    }

    /// <summary>Layouts whose elements lie in fours, beside fours, across, and repeated, in all combinations.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void TakesFoursWhereverTheyLie(string name)
    {
        Device device = Device.Parse(name);
        foreach (int columns in (int[])[3, 8])
        {
            const int Rows = 3;
            Layout[] inputs =
            [
                new([Rows, columns]), new Layout([columns, Rows]).Permute([1, 0]), new Layout([1, columns]).BroadcastTo([Rows, columns]),
                new Layout([Rows, 1]).BroadcastTo([Rows, columns]), new Layout([1, 1]).BroadcastTo([Rows, columns]),
                new Layout([Rows + 1, columns]).Slice(0, 1, Rows), new Layout([Rows, columns + 3]).Slice(1, 2, columns), new Layout([Rows, 2 * columns]).Slice(1, 0, columns, 2),
                new Layout([Rows, columns + 4]).Slice(1, 4, columns),
            ];
            Layout[] outputs = [inputs[0], inputs[1], inputs[6], inputs[8]];
            float[] left = Arrays.Random<float>(200, 41), right = Arrays.Random<float>(200, 42);
            foreach (Layout output in outputs)
            {
                for (int i = 0; i < inputs.Length; i++)
                {
                    (Layout a, Layout b) = (inputs[i], inputs[(i + columns) % inputs.Length]);
                    Arrays.AssertClose(Run(Device.Cpu, a, b, output), Run(device, a, b, output), 0);
                }
            }

            float[] Run(Device on, Layout a, Layout b, Layout y)
            {
                View<float> x = on.View(a, left), result = on.View(y, Enumerable.Repeat(9f, 200).ToArray());
                on.Zip(x, on.View(b, right), result, new Subtract<float>());
                on.Map(result, result, new Negate<float>());
                View<float> copy = on.View(y, new float[200]);
                on.Copy(result, copy);
                on.Fill(on.View(y, new float[200]), 3f);
                return [.. result.Storage(), .. copy.Storage()];
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void TurnsByTiles(string name)
    {
        Device device = Device.Parse(name);
        foreach ((Shape shape, int[] order) in ((Shape, int[])[])[([32, 32], [1, 0]), ([33, 40], [1, 0]), ([2, 34, 9], [0, 2, 1]), ([9, 2, 8, 9], [3, 1, 0, 2])])
        {
            Turns<float>(shape, order);
        }
        Turns<byte>([9, 40], [1, 0]);
        Turns<short>([9, 40], [1, 0]);
        Turns<double>([9, 40], [1, 0]);

        void Turns<T>(Shape shape, int[] order)
            where T : unmanaged, INumber<T>
        {
            T[] values = [.. Enumerable.Range(0, shape.Count).Select(i => T.CreateTruncating(i * 7))];
            Layout turned = new Layout(shape).Permute(order);
            Assert.True(TransposePlan.TryFor(turned, new Layout(turned.Shape), out _), $"{shape} is not turned by tiles");
            Assert.Equal(Run(Device.Cpu), Run(device));

            T[] Run(Device on)
            {
                View<T> y = on.View(turned.Shape, new T[shape.Count]);
                on.Copy(on.View(turned, values), y);
                return y.Storage();
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void TurnsOperandsThatLieAcross(string name)
    {
        Device device = Device.Parse(name);
        float[] values = Arrays.Random<float>(70 * 66, 43);
        Layout turned = new Layout([70, 66]).Permute([1, 0]), stacked = new Layout([1, 70, 66]).Permute([0, 2, 1]).BroadcastTo([2, 66, 70]);
        Arrays.AssertClose(Run(Device.Cpu), Run(device), 0);

        float[] Run(Device on)
        {
            View<float> y = on.View([66, 70], new float[values.Length]), stack = on.View([2, 66, 70], new float[2 * values.Length]);
            View<float> x = on.View(turned, values);
            on.Map(x, y, new Negate<float>());
            on.Zip(y, x, y, new Subtract<float>());
            on.Zip(x.With(stacked), y, x, stack, new Where<float>());
            return [.. y.Storage(), .. stack.Storage()];
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void KeepsSpecialValues(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] special = [T.Zero, T.NegativeZero, T.One, -T.One, T.PositiveInfinity, T.NegativeInfinity, T.NaN, T.CreateChecked(1e30), T.CreateChecked(-1e-30)];
            T[] left = [.. special.SelectMany(_ => special)], right = [.. special.SelectMany(x => Enumerable.Repeat(x, special.Length))];
            Same(new Maximum<T>());
            Same(new Minimum<T>());
            Same(new Add<T>());
            Same(new Multiply<T>());
            Same(new Divide<T>());
            Same(new Less<T>());
            Same(new LessOrEqual<T>());
            Same(new Equal<T>());
            Same(new NotEqual<T>());
            SameMap(new Relu<T>());
            SameMap(new Sign<T>());
            SameMap(new Abs<T>());
            SameMap(new Negate<T>());
            SameMap(new Sqrt<T>());
            SameMap(new Clip<T>(-T.One, T.One));

            void Same<TOp>(TOp op)
                where TOp : struct, IBinaryKernel<T>
            {
                View<T> y = device.View([left.Length], new T[left.Length]);
                device.Zip(device.View([left.Length], left), device.View([left.Length], right), y, op);
                AssertSameBits(op, left, [.. left.Zip(right, op.Invoke)], y.Storage());
            }

            void SameMap<TOp>(TOp op)
                where TOp : struct, IUnaryKernel<T>
            {
                View<T> y = device.View([special.Length], new T[special.Length]);
                device.Map(device.View([special.Length], special), y, op);
                AssertSameBits(op, special, [.. special.Select(op.Invoke)], y.Storage());
            }
        }

        static void AssertSameBits<T>(object op, T[] x, T[] expected, T[] actual)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < x.Length; i++)
            {
                bool same = T.IsNaN(expected[i]) ? T.IsNaN(actual[i]) : expected[i] == actual[i] && T.IsNegative(expected[i]) == T.IsNegative(actual[i]);
                Assert.True(same, $"{op.GetType().Name} at {x[i]} (element {i}): expected {expected[i]}, got {actual[i]}");
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void FillsAndCopiesAnyElementSize(string name)
    {
        Device device = Device.Parse(name);
        Fills((byte)7);
        Fills((short)-7);
        Fills(-7);
        Fills(-7L);
        Fills(float.NaN);
        Fills(-0.0);

        void Fills<T>(T value)
            where T : unmanaged
        {
            Layout inner = new Layout([4, 6]).Slice(1, 1, 3, 2);
            View<T> y = device.View(inner, new T[24]);
            device.Fill(y, value);
            T[] expected = [.. Enumerable.Range(0, 24).Select(i => i % 6 % 2 == 1 ? value : default)];
            Assert.Equal(expected, y.Storage());

            View<T> turned = device.View([3, 4], new T[12]), plain = device.View([24], new T[24]);
            device.Copy(y.With(inner.Permute([1, 0])), turned);
            Assert.Equal(Enumerable.Repeat(value, 12), turned.Storage());
            device.Copy(y.With(new Layout([24])), plain);
            Assert.Equal(expected, plain.Storage());
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void UploadsAndDownloadsParts(string name)
    {
        Device device = Device.Parse(name);
        using var storage = new Storage<int>(device, 10);
        device.Upload<int>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], storage, 0);
        device.Upload<int>([-1, -2], storage, 4);
        device.Upload<int>([], storage, 10);
        int[] part = new int[5];
        device.Download(storage, 3, part);
        device.Download(storage, 10, Span<int>.Empty);
        Assert.Equal([3, -1, -2, 6, 7], part);
    }
}
