using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Gradient descent against its definition in double, and against the same step made of elementwise operations.</summary>
public class SgdTests
{
    private static readonly int[] Sizes = [1, 70000, 13, 0, 64, 1027];

    public static TheoryData<double, bool, double> Steps => new()
    {
        { 0, false, 0 }, { 0, false, 0.1 }, { 0.9, false, 0 }, { 0.9, false, 0.1 }, { 0.9, true, 0 }, { 0.9, true, 0.1 },
    };

    [Theory, MemberData(nameof(Steps))]
    public void StepsFollowTheDefinition(double momentum, bool nesterov, double decay)
    {
        Check<float>(new SgdStep(0.05, momentum, nesterov, decay), 2e-6);
        Check<double>(new SgdStep(0.05, momentum, nesterov, decay), 1e-14);
    }

    /// <summary>To the bit: a fused step rounds where its parts do.</summary>
    [Theory, MemberData(nameof(Steps))]
    public void AStepIsItsParts(double momentum, bool nesterov, double decay)
    {
        SgdParameter<float>[] fused = Make<float>(momentum), parts = Make<float>(momentum);
        for (int step = 0; step < 3; step++)
        {
            Device.Cpu.Sgd<float>(fused, new SgdStep(0.05, momentum, nesterov, decay));
            foreach ((View<float> parameter, View<float> gradient, View<float> velocity) in parts)
            {
                View<float> g = Views.Empty<float>(parameter.Count), product = Views.Empty<float>(parameter.Count);
                Device.Cpu.Map(parameter, product, new Affine<float>((float)decay, 0));
                Device.Cpu.Zip(gradient, product, g, new Autodiff.Kernels.Elementwise.Add<float>());
                if (momentum != 0)
                {
                    Device.Cpu.Map(velocity, velocity, new Affine<float>((float)momentum, 0));
                    Device.Cpu.Zip(velocity, g, velocity, new Autodiff.Kernels.Elementwise.Add<float>());
                    Device.Cpu.Map(velocity, product, new Affine<float>(nesterov ? (float)momentum : 1, 0));
                    Device.Cpu.Map(g, g, new Affine<float>(nesterov ? 1 : 0, 0));
                    Device.Cpu.Zip(g, product, g, new Autodiff.Kernels.Elementwise.Add<float>());
                }

                Device.Cpu.Map(g, g, new Affine<float>(0.05f, 0));
                Device.Cpu.Zip(parameter, g, parameter, new Autodiff.Kernels.Elementwise.Subtract<float>());
            }
        }

        foreach ((SgdParameter<float> a, SgdParameter<float> b) in fused.Zip(parts))
        {
            Assert.Equal(b.Parameter.Read(), a.Parameter.Read());
        }
    }

    [Fact]
    public void MoreParametersThanOnePassHolds()
    {
        SgdParameter<float>[] parameters = [.. Enumerable.Range(0, 150).Select(i => new SgdParameter<float>(
            Views.From<float>([i, i, i, i], 4), Views.From<float>([1, 2, 3, 4], 4), default))];
        Device.Cpu.Sgd<float>(parameters, new SgdStep(1, 0, false, 0));
        Assert.All(Enumerable.Range(0, 150), i => Assert.Equal([i - 1, i - 2, i - 3, i - 4], parameters[i].Parameter.Read()));
    }

    private static SgdParameter<T>[] Make<T>(double momentum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        SgdParameter<T>[] parameters = [.. Sizes.Select(n => new SgdParameter<T>(
            Views.Random<T>(random, n), Views.Random<T>(random, n), momentum > 0 ? Views.Empty<T>(n) : default))];
        foreach (SgdParameter<T> parameter in parameters.Where(_ => momentum > 0))
        {
            Device.Cpu.Fill(parameter.Velocity, T.Zero);
        }

        return parameters;
    }

    private static void Check<T>(SgdStep step, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Count = 5;
        T[] actual = Threads.SameBits(() =>
        {
            SgdParameter<T>[] parameters = Make<T>(step.Momentum);
            for (int t = 0; t < Count; t++)
            {
                Device.Cpu.Sgd<T>(parameters, step);
            }

            return parameters.SelectMany(p => p.Parameter.Read()).ToArray();
        });
        int at = 0;
        foreach (SgdParameter<T> parameter in Make<T>(step.Momentum))
        {
            foreach ((double start, double slope) in parameter.Parameter.ReadDouble().Zip(parameter.Gradient.ReadDouble()))
            {
                double p = start, v = 0;
                for (int t = 0; t < Count; t++)
                {
                    double g = slope + step.WeightDecay * p;
                    v = step.Momentum * v + g;
                    p -= step.LearningRate * (step.Momentum == 0 ? g : step.Nesterov ? g + step.Momentum * v : v);
                }

                Assert.Equal(p, double.CreateTruncating(actual[at++]), tolerance);
            }
        }
    }
}
