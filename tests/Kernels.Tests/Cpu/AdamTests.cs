using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Adam against its definition in double, over several parameters and steps.</summary>
public class AdamTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void StepsFollowTheDefinition(double decay, bool decoupled)
    {
        Check<float>(decay, decoupled, 2e-5);
        Check<double>(decay, decoupled, 1e-13);
    }

    [Fact]
    public void MoreParametersThanOnePassHolds()
    {
        var parameters = new AdamParameter<float>[150];
        for (int i = 0; i < parameters.Length; i++)
        {
            View<float> p = Views.Empty<float>(i % 5), g = Views.Empty<float>(i % 5), m = Views.Empty<float>(i % 5);
            View<float> v = Views.Empty<float>(i % 5);
            Device.Cpu.Fill(p, 1f);
            Device.Cpu.Fill(g, 2f);
            Device.Cpu.Fill(m, 0f);
            Device.Cpu.Fill(v, 0f);
            parameters[i] = new(p, g, m, v);
        }
        Device.Cpu.Adam<float>(parameters, new AdamStep(1, 0.1, 0.9, 0.999, 1e-8, 0, false));
        Assert.All(parameters, p => Assert.All(p.Parameter.Read(), value => Assert.Equal(0.9f, value, 1e-6f)));
    }

    private static void Check<T>(double decay, bool decoupled, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] sizes = [1, 70000, 13, 0, 64, 1027];
        T[] Run()
        {
            var random = new Random(1);
            AdamParameter<T>[] parameters = sizes.Select(n =>
                new AdamParameter<T>(Views.Random<T>(random, n), Views.Random<T>(random, n), Views.Empty<T>(n), Views.Empty<T>(n))).ToArray();
            foreach (AdamParameter<T> p in parameters)
            {
                Device.Cpu.Fill(p.FirstMoment, T.Zero);
                Device.Cpu.Fill(p.SecondMoment, T.Zero);
            }
            for (int t = 1; t <= 5; t++)
            {
                Device.Cpu.Adam<T>(parameters, new AdamStep(t, 0.01, 0.9, 0.999, 1e-8, decay, decoupled));
            }

            return parameters.SelectMany(p => p.Parameter.Read()).ToArray();
        }
        T[] actual = Threads.SameBits(Run);
        var again = new Random(1);
        int at = 0;
        foreach (int n in sizes)
        {
            double[] p = Views.Random<T>(again, n).ReadDouble(), g = Views.Random<T>(again, n).ReadDouble(), m = new double[n];
            double[] v = new double[n];
            for (int t = 1; t <= 5; t++)
            {
                for (int i = 0; i < n; i++)
                {
                    Reference.Adam(ref p[i], g[i], ref m[i], ref v[i], new AdamStep(t, 0.01, 0.9, 0.999, 1e-8, decay, decoupled));
                }
            }
            for (int i = 0; i < n; i++, at++)
            {
                Assert.Equal(p[i], double.CreateTruncating(actual[at]), tolerance);
            }
        }
    }
}
