using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Philox against its published vectors, and the numbers made of it.</summary>
public class RandomTests
{
    /// <summary>The known-answer vectors of Random123 (kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void PhiloxGivesItsPublishedWords(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint w0, uint w1, uint w2, uint w3)
    {
        Philox.Words words = Philox.Block(c0, c1, c2, c3, key0, key1);
        Assert.Equal([w0, w1, w2, w3], [words.W0, words.W1, words.W2, words.W3]);
    }

    [Fact]
    public void UniformNumbersAreTheDocumentedBits()
    {
        // The second position crosses from the low word of the counter to the high one.
        foreach (ulong offset in (ulong[])[0, (1UL << 34) - 8, 40])
        {
            const ulong seed = 0x0123456789ABCDEF;
            const int count = 1003;
            View<float> single = Views.Empty<float>(count);
            View<double> full = Views.Empty<double>(count);
            Device.Cpu.RandomUniform(single, seed, offset);
            Device.Cpu.RandomUniform(full, seed, offset);
            float[] x = single.Read();
            double[] y = full.Read();
            for (int i = 0; i < count; i++)
            {
                ulong position = offset + (ulong)i;
                uint leading = Word(Philox.Block(position / 4, 0, seed), (int)(position % 4));
                uint trailing = Word(Philox.Block(position / 4, 1, seed), (int)(position % 4));
                Assert.Equal((leading >> 8) / 16777216f, x[i]);
                Assert.Equal((leading * 2097152.0 + (trailing >> 11)) / 9007199254740992.0, y[i]);
                Assert.Equal(Math.Floor(y[i] * 16777216) / 16777216, x[i]);
            }
        }
    }

    [Fact]
    public void NormalNumbersAreTheTransformedUniformOnes()
    {
        Check<float>(1e-5);
        Check<double>(1e-14);

        static void Check<T>(double tolerance)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            View<T> uniform = Views.Empty<T>(1001), normal = Views.Empty<T>(1001);
            Device.Cpu.RandomUniform(uniform, 7, 12);
            Device.Cpu.RandomNormal(normal, 7, 12);
            double[] u = uniform.ReadDouble(), z = normal.ReadDouble();
            for (int i = 0; i + 1 < u.Length; i += 2)
            {
                double radius = Math.Sqrt(-2 * Math.Log(1 - u[i]));
                Assert.Equal(radius * Math.Cos(Math.Tau * u[i + 1]), z[i], tolerance * (1 + radius));
                Assert.Equal(radius * Math.Sin(Math.Tau * u[i + 1]), z[i + 1], tolerance * (1 + radius));
            }
        }
    }

    [Fact]
    public void AStreamIsTheSameHoweverItIsCutAndShared()
    {
        float[] whole = Threads.SameBits(() => Normal(100_000, 0));
        float[] part = Normal(5000, 40_000);
        Assert.Equal(whole[40_000..45_000], part);
        Assert.Equal(whole[4..7], Normal(3, 4));
    }

    [Fact]
    public void MomentsAreThoseOfTheDistributions()
    {
        double[] z = Array.ConvertAll(Normal(1_000_000, 0), v => (double)v);
        double mean = z.Average();
        Assert.Equal(0, mean, 0.005);
        Assert.Equal(1, z.Average(v => v * v), 0.01);
        Assert.Equal(0, z.Average(v => v * v * v), 0.02);
        Assert.Equal(3, z.Average(v => v * v * v * v), 0.05);
        Assert.Equal(0, z.Zip(z.Skip(1), (a, b) => a * b).Average(), 0.005);
        Assert.All(z, v => Assert.True(double.IsFinite(v)));
    }

    private static float[] Normal(int count, ulong offset)
    {
        View<float> y = Views.Empty<float>(count);
        Device.Cpu.RandomNormal(y, 99, offset);
        return y.Read();
    }

    private static uint Word(Philox.Words words, int lane) => lane switch { 0 => words.W0, 1 => words.W1, 2 => words.W2, _ => words.W3 };
}
