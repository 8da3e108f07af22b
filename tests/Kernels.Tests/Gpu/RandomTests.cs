using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class RandomTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void DrawsTheStreamOfPhilox(string name)
    {
        Device device = Device.Parse(name);
        const ulong Seed = 0x0123456789abcdef, Offset = (1UL << 34) + 8;
        foreach (int count in (int[])[0, 1, 2, 3, 4, 5, 1023])
        {
            var single = new float[count];
            var full = new double[count];
            for (int i = 0; i < count; i++)
            {
                ulong block = (Offset + (ulong)i) / 4;
                Philox.Words leading = Philox.Block(block, 0, Seed), trailing = Philox.Block(block, 1, Seed);
                uint first = Lane(leading, i % 4), second = Lane(trailing, i % 4);
                single[i] = (float)((first >> 8) * Math.Pow(2, -24));
                full[i] = (first * Math.Pow(2, 21) + (second >> 11)) * Math.Pow(2, -53);
            }
            Assert.Equal(single, Draw<float>(device.RandomUniform, count));
            Assert.Equal(full, Draw<double>(device.RandomUniform, count));
            Arrays.AssertClose([.. Normal(Pad(single)).Take(count).Select(v => (float)v)], Draw<float>(device.RandomNormal, count), 2e-6);
            Arrays.AssertClose([.. Normal(Pad(full)).Take(count)], Draw<double>(device.RandomNormal, count), 1e-14);

            // The last element's partner where it is not drawn itself.
            double[] Pad<T>(T[] uniform)
                where T : INumber<T>
            {
                double[] padded = [.. uniform.Select(double.CreateChecked)];
                if (count % 2 == 0)
                {
                    return padded;
                }

                Philox.Words leading = Philox.Block((Offset + (ulong)count) / 4, 0, Seed), trailing = Philox.Block((Offset + (ulong)count) / 4, 1, Seed);
                uint first = Lane(leading, count % 4), second = Lane(trailing, count % 4);
                return [.. padded, typeof(T) == typeof(float) ? (first >> 8) * Math.Pow(2, -24) : (first * Math.Pow(2, 21) + (second >> 11)) * Math.Pow(2, -53)];
            }
        }

        T[] Draw<T>(Action<View<T>, ulong, ulong> draw, int count)
            where T : unmanaged, INumber<T>
        {
            View<T> y = device.View(new Layout([count + 2]).Slice(0, 1, count), Enumerable.Repeat(T.CreateChecked(7), count + 2).ToArray());
            draw(y, Seed, Offset);
            T[] all = y.Storage();
            Assert.Equal((T.CreateChecked(7), T.CreateChecked(7)), (all[0], all[^1]));
            return all[1..^1];
        }
    }

    private static IEnumerable<double> Normal(double[] uniform)
    {
        for (int i = 0; i + 1 < uniform.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - uniform[i])), angle = 2 * Math.PI * uniform[i + 1];
            yield return radius * Math.Cos(angle);
            yield return radius * Math.Sin(angle);
        }
    }

    private static uint Lane(Philox.Words words, int lane) => lane switch { 0 => words.W0, 1 => words.W1, 2 => words.W2, _ => words.W3 };
}
