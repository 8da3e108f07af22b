using System.Numerics;
using System.Runtime.Intrinsics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>How far the elementary functions are from the exact values, and what they give where there is no number.</summary>
public class ElementaryFunctionTests(ITestOutputHelper output)
{
    private static readonly float[] Special =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1e-45f, 1.1754942e-38f, 1.17549435e-38f, -1.17549435e-38f, 1e-20f, -1e-20f, 1e-8f, 1f, -1f,
            0.5f, 2f, 3f, -3f,
        MathF.PI, 88.72283f, 88.72284f, 89f, -87.33654f, -87.4f, -103.9f, -104f, -150f, 1e30f, -1e30f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    public static TheoryData<string, double, double, double> SingleFunctions => new()
    {
        { "exp", -104, 89, 1.0 },
        { "log", 0, 1e38, 1.0 },
        { "log", 0.5, 2, 1.0 },
        { "log", 0, 1e-37, 1.0 },
        { "tanh", -10, 10, 1.5 },
        { "tanh", -1e-3, 1e-3, 1.0 },
        { "sigmoid", -104, 20, 2.0 },
        { "erf", -4, 4, 1.5 },
        { "sin", -100, 100, 0.6 },
        { "sin", -1e9, 1e9, 0.6 },
        { "sin", -1e30, 1e30, 0.6 },
        { "cos", -100, 100, 0.6 },
        { "cos", -1e9, 1e9, 0.6 },
        { "log1p", -1, 1, 0.6 },
        { "log1p", -1e-6, 1e-6, 0.6 },
        { "log1p", -1, 1e30, 0.6 },
        { "expm1", -20, 88, 0.6 },
        { "expm1", -1e-6, 1e-6, 0.6 },
        { "softplus", -80, 80, 2.0 },
    };

    [Theory]
    [MemberData(nameof(SingleFunctions))]
    public void SingleIsAccurate(string name, double from, double to, double ulps)
    {
        float[] x = Samples(from, to).Concat(Special).ToArray();
        float[] y = Map(name, x);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = ExactOf(name, x[i]), error = Bits.Ulps(y[i], exact);
            // Steps of 2⁻¹⁴⁹ are too coarse for a relative measure: one of them is allowed below the normal numbers.
            Assert.True(error <= (Math.Abs(exact) < 1.2e-38 ? Math.Max(ulps, 1) : ulps),
                $"{name}({x[i]:R}) = {y[i]:R}, exactly {exact:R}: {error:F2} ulp.");
            if (x[i] == 0 && exact == 0)
            {
                Assert.True(float.IsNegative(x[i]) == float.IsNegative(y[i]), $"{name}({x[i]}) lost the sign of zero.");
            }
        }
    }

    [Fact]
    public void SingleScalarErfIsAccurate()
    {
        // The scalar body also runs on GPUs; without fused multiply-adds it is a little less exact.
        foreach (float x in Samples(-4, 4).Concat(Special))
        {
            double exact = float.IsFinite(x) ? ExactOf("erf", x) : double.IsNaN(x) ? double.NaN : Math.Sign(x);
            Assert.True(Bits.Ulps(Scalar.Erf(x), exact) <= 2, $"erf({x:R}) = {Scalar.Erf(x):R}, exactly {exact:R}.");
        }
    }

    [Theory]
    [InlineData("exp", -745.2, 709.7, 1.0)]
    [InlineData("exp", -1, 1, 1.0)]
    [InlineData("log", 0, 1e308, 1.0)]
    [InlineData("log", 0.5, 2, 1.0)]
    [InlineData("tanh", -20, 20, 2.0)]
    [InlineData("tanh", -0.7, 0.7, 2.0)]
    [InlineData("sigmoid", -700, 40, 2.0)]
    [InlineData("erf", -5.9, 5.9, 1.5)]
    [InlineData("erf", -1e-3, 1e-3, 1.5)]
    [InlineData("log1p", -0.999, 10, 2.0)]
    [InlineData("log1p", -1e-9, 1e-9, 1.0)]
    [InlineData("log1p", 0, 1e300, 1.0)]
    [InlineData("expm1", -1, 1, 2.0)]
    [InlineData("expm1", -60, 709.7, 2.0)]
    [InlineData("expm1", -1e-9, 1e-9, 1.0)]
    [InlineData("sin", -10, 10, 1.0)]
    [InlineData("sin", -999_999, 999_999, 1.0)]
    [InlineData("sin", -1e15, 1e15, 1.0)]
    [InlineData("cos", -10, 10, 1.0)]
    [InlineData("cos", -999_999, 999_999, 1.0)]
    [InlineData("cos", -1e15, 1e15, 1.0)]
    [InlineData("softplus", -30, 60, 2.0)]
    public void DoubleIsAccurate(string name, double from, double to, double ulps)
    {
        var random = new Random(1);
        var x = new double[1003];
        for (int i = 0; i < x.Length; i++)
        {
            double end = i % 4 == 1 && from != 0 ? from : to;
            x[i] = i % 2 == 0 ? from + (to - from) * random.NextDouble() : end * Math.Pow(10, -20 * random.NextDouble());
        }
        double[] y = Map(name, x);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (double exact, double rest) = name switch
            {
                "exp" => Exact.Exp(x[i]),
                "log" => Exact.Log(x[i]),
                "tanh" => Exact.Tanh(x[i]),
                "sigmoid" => Exact.Sigmoid(x[i]),
                "erf" => Exact.Erf(x[i]),
                "log1p" => Exact.Log1p(x[i]),
                "sin" => Exact.Sin(x[i]),
                "cos" => Exact.Cos(x[i]),
                "softplus" => Exact.Softplus(x[i]),
                _ => Exact.Expm1(x[i]),
            };
            // Beyond e^-190 the 300 bits of the reference run out.
            double error = Math.Abs(exact) < 1e-70 && from < -100
                ? Bits.Ulps(y[i], Math.Exp(x[i]), 0)
                : Bits.Ulps(y[i], exact, rest);
            Assert.True(error <= ulps,
                $"{name}({x[i]:R}) = {y[i]:R}, exactly {exact:R}: {error:F2} ulp.");
            worst = Math.Max(worst, error);
        }
        output.WriteLine($"{name} of doubles in [{from}, {to}]: at most {worst:F3} ulp");
    }

    [Fact]
    public void DoubleHasTheRightSpecialValues()
    {
        double[] x = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, -5e-324, 710, 1e300, -1e300, -746,
            -745.13];
        foreach ((string name, Func<double, double> f) in ((string, Func<double, double>)[])[
            ("exp", Math.Exp), ("log", Math.Log), ("tanh", Math.Tanh),
                ("sigmoid", v => v < 0 ? Math.Exp(v) / (1 + Math.Exp(v)) : 1 / (1 + Math.Exp(-v))), ("sin", Math.Sin), ("cos", Math.Cos),
            ("log1p", v => Math.Abs(v) < 1e-300 ? v : Math.Log(1 + v)), ("expm1", v => Math.Abs(v) < 1e-300 ? v : Math.Exp(v) - 1),
        ])
        {
            double[] y = Map(name, x);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.True(Bits.Same(f(x[i]), y[i]) || Math.Abs(y[i] / f(x[i]) - 1) < 1e-15, $"{name}({x[i]:R}) = {y[i]:R}, not {f(x[i]):R}.");
            }
        }
        Assert.Equal([0, double.NaN, 1, -1, 1, -1], Map("erf", [0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 30, -30]));
    }

    [Fact]
    public void PowerAgreesWithTheScalarOne()
    {
        float[] bases = [.. Special, .. Samples(-4, 4).Take(400), .. Samples(0, 1e30).Take(400)];
        float[] exponents = [.. Special, -2f, -0.5f, 1.5f, 0.1f, 7f, -7f, 16777216f, 16777215f, -0.33333334f, 33f];
        foreach (float exponent in exponents)
        {
            View<float> x = Views.From<float>(bases, bases.Length), y = Views.Empty<float>(bases.Length);
            Device.Cpu.Map(x, y, new PowerOf<float>(exponent));
            float[] actual = y.Read();
            for (int i = 0; i < bases.Length; i++)
            {
                double exact = Math.Pow(bases[i], exponent);
                double error = Bits.Ulps(actual[i], exact);
                Assert.True(error <= 0.6 || Math.Abs(exact) < 1.2e-38 && error <= 1,
                    $"{bases[i]:R}^{exponent:R} = {actual[i]:R}, exactly {exact:R}: {error:F2} ulp.");
                Assert.True(exact != 0 || double.IsNegative(exact) == float.IsNegative(actual[i]),
                    $"{bases[i]:R}^{exponent:R} has the wrong zero.");
            }
        }
    }

    [Fact]
    public void Atan2AgreesWithTheScalarOne()
    {
        float[] values = [.. Special, .. Samples(-10, 10).Take(200)];
        foreach (float b in values)
        {
            View<float> a = Views.From<float>(values, values.Length), y = Views.Empty<float>(values.Length);
            View<float> x = Views.From<float>([b], 1);
            Device.Cpu.Zip(a, x.With(x.Layout.BroadcastTo(a.Shape)), y, default(Atan2<float>));
            float[] actual = y.Read();
            for (int i = 0; i < values.Length; i++)
            {
                double exact = Math.Atan2(values[i], b), error = Bits.Ulps(actual[i], exact);
                Assert.True(error <= 0.6 || Math.Abs(exact) < 1.2e-38 && error <= 1,
                    $"atan2({values[i]:R}, {b:R}) = {actual[i]:R}, exactly {exact:R}: {error:F2} ulp.");
                Assert.True(exact != 0 || double.IsNegative(exact) == float.IsNegative(actual[i]),
                    $"atan2({values[i]:R}, {b:R}) has the wrong zero.");
            }
        }
    }

    [Fact]
    public void AValueDoesNotDependOnItsPlace()
    {
        var random = new Random(3);
        float[] x = Samples(-20, 20).Take(999).ToArray();
        float[] whole = Map("tanh", x);
        for (int trial = 0; trial < 50; trial++)
        {
            int start = random.Next(x.Length), count = random.Next(1, x.Length - start + 1);
            float[] part = Map("tanh", x[start..(start + count)]);
            Assert.Equal(whole[start..(start + count)], part);
        }
    }

    internal static T[] Map<T>(string name, T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> x = Views.From<T>(values, values.Length), y = Views.Empty<T>(values.Length);
        switch (name)
        {
            case "exp": Device.Cpu.Map(x, y, default(Exp<T>)); break;
            case "log": Device.Cpu.Map(x, y, default(Log<T>)); break;
            case "tanh": Device.Cpu.Map(x, y, default(Tanh<T>)); break;
            case "sigmoid": Device.Cpu.Map(x, y, default(Sigmoid<T>)); break;
            case "erf": Device.Cpu.Map(x, y, default(Erf<T>)); break;
            case "sin": Device.Cpu.Map(x, y, default(Sin<T>)); break;
            case "cos": Device.Cpu.Map(x, y, default(Cos<T>)); break;
            case "softplus": Device.Cpu.Map(x, y, default(Softplus<T>)); break;
            case "log1p": Device.Cpu.Map(x, y, default(Log1pKernel<T>)); break;
            case "expm1": Device.Cpu.Map(x, y, default(Expm1Kernel<T>)); break;
            default: throw new ArgumentException(name);
        }
        return y.Read();
    }

    private static double ExactOf(string name, float x) => name switch
    {
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "tanh" => Math.Tanh(x),
        "sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "erf" => float.IsInfinity(x) || Math.Abs(x) > 6 ? Math.Sign(x) : float.IsNaN(x) ? double.NaN : Exact.Erf(x).Value,
        "log1p" => x < -1 ? double.NaN : Math.Abs(x) < 1e-5 ? x - (double)x * x / 2 + (double)x * x * x / 3 : Math.Log(1 + (double)x),
        "expm1" => Math.Abs(x) < 1e-5 ? x + (double)x * x / 2 + (double)x * x * x / 6 : Math.Exp(x) - 1,
        "softplus" => x < -18 ? Math.Exp(x) : Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)x))),
        _ => throw new ArgumentException(name),
    };

    /// <summary>Numbers spread evenly, and evenly in their logarithms.</summary>
    private static IEnumerable<float> Samples(double from, double to)
    {
        var random = new Random(4);
        for (int i = 0; i < 4000; i++)
        {
            yield return (float)(from + (to - from) * random.NextDouble());
            float small = (float)((random.Next(2) == 0 ? from : to) * Math.Pow(10, -12 * random.NextDouble()));
            yield return small;
        }
    }

    private readonly struct Log1pKernel<T> : IUnaryKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Invoke(T x) => Scalar.Log1p(x);

        public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Log1p(x);
    }

    private readonly struct Expm1Kernel<T> : IUnaryKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Invoke(T x) => Scalar.Expm1(x);

        public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Expm1(x);
    }
}
