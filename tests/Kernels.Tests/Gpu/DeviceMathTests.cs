using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>The elementary functions of kernels, run as ordinary methods and on the devices, against .NET's (float against its double functions).</summary>
public class DeviceMathTests(ITestOutputHelper output)
{
    private const int Samples = 100_000;
    private static readonly double[] Special = [0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, 1e30, -1e30, 1e-30, -1e-30, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory]
    [InlineData("exp", -104, 89, false)]
    [InlineData("log", -149, 128, true)]
    [InlineData("log", -1, 1, true)]
    [InlineData("tanh", -10, 10, false)]
    [InlineData("tanh", -60, 3, true)]
    [InlineData("sin", -30, 30, false)]
    [InlineData("sin", -40, 128, true)]
    [InlineData("cos", -30, 30, false)]
    [InlineData("cos", -40, 128, true)]
    public void FloatFunctionsAreWithinTwoUnits(string name, double low, double high, bool isExponent)
    {
        (Func<float, float> f, _, Func<double, double> reference) = Unary(name);
        Assert.InRange(Worst($"{name} float", Inputs(low, high, isExponent).Select(x => (x, (double)f((float)x), reference((float)x))), 24, -126), 0, 2);
    }

    [Theory]
    [InlineData("exp", -745, 709.7, false)]
    [InlineData("log", -1074, 1023, true)]
    [InlineData("log", -1, 1, true)]
    [InlineData("tanh", -20, 20, false)]
    [InlineData("tanh", -100, 4, true)]
    [InlineData("sin", -30, 30, false)]
    [InlineData("sin", -40, 1023, true)]
    [InlineData("cos", -30, 30, false)]
    [InlineData("cos", -40, 1023, true)]
    public void DoubleFunctionsAreWithinTwoUnits(string name, double low, double high, bool isExponent)
    {
        (_, Func<double, double> f, Func<double, double> reference) = Unary(name);
        // The reference itself is off by up to one unit.
        Assert.InRange(Worst($"{name} double", Inputs(low, high, isExponent).Select(x => (x, f(x), reference(x))), 53, -1022), 0, 2.5);
    }

    [Theory]
    [InlineData("atan2", -20)]
    [InlineData("atan2", -120)]
    [InlineData("pow", -3)]
    [InlineData("pow", -100)]
    public void FunctionsOfTwoNumbersAreWithinTwoUnits(string name, int exponent)
    {
        (Func<float, float, float> single, Func<double, double, double> f, Func<double, double, double> reference) = Binary(name);
        (double A, double B)[] pairs = [.. Pairs(name, exponent)];
        Assert.InRange(Worst($"{name} float", pairs.Select(x => (x.A, (double)single((float)x.A, (float)x.B), reference((float)x.A, (float)x.B))), 24, -126), 0, 2);
        Assert.InRange(Worst($"{name} double", pairs.Select(x => (x.A, f(x.A, x.B), reference(x.A, x.B))), 53, -1022), 0, 2.5);
    }

    [Fact]
    public void SpecialValuesAreThoseOfIeee754()
    {
        foreach (string name in (string[])["exp", "log", "tanh", "sin", "cos"])
        {
            (Func<float, float> single, Func<double, double> f, Func<double, double> reference) = Unary(name);
            foreach (double x in (double[])[.. Special, 89, -110, 710, -750, 1e-310, 1e-45])
            {
                AssertSame($"{name}({x})", reference(x), f(x), double.Epsilon, 1e-15);
                AssertSame($"{name}((float){x})", (float)reference((float)x), single((float)x), float.Epsilon, 1e-6);
            }
        }
        foreach (string name in (string[])["atan2", "pow"])
        {
            (Func<float, float, float> single, Func<double, double, double> f, Func<double, double, double> reference) = Binary(name);
            foreach (double a in Special)
            {
                foreach (double b in Special)
                {
                    AssertSame($"{name}({a}, {b})", reference(a, b), f(a, b), double.Epsilon, 1e-15);
                    AssertSame($"{name}((float){a}, (float){b})", (float)reference((float)a, (float)b), single((float)a, (float)b), float.Epsilon, 1e-6);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void DevicesRunThem(string deviceName)
    {
        Device device = Device.Parse(deviceName);
        double[] x = [.. Inputs(-12, 12, false).Take(2000), .. Inputs(-100, 120, true).Take(2000), .. Special, 1e5, 1e20];
        Run(new Exp<float>(), new Exp<double>(), Math.Exp);
        Run(new Log<float>(), new Log<double>(), Math.Log);
        Run(new Tanh<float>(), new Tanh<double>(), Math.Tanh);
        Run(new Sin<float>(), new Sin<double>(), Math.Sin);
        Run(new Cos<float>(), new Cos<double>(), Math.Cos);
        Run(new PowerOf<float>(2.5f), new PowerOf<double>(2.5), v => Math.Pow(v, 2.5));
        Run(new PowerOf<float>(-3), new PowerOf<double>(-3), v => Math.Pow(v, -3));
        (double A, double B)[] pairs = [.. Pairs("atan2", -20).Take(3000), .. Special.SelectMany(a => Special.Select(b => (a, b)))];
        RunTwo(new Atan2<float>(), new Atan2<double>(), Math.Atan2);
        pairs = [.. Pairs("pow", -3).Take(3000), .. Special.SelectMany(a => Special.Select(b => (a, b)))];
        RunTwo(new Power<float>(), new Power<double>(), Math.Pow);

        void Run<TFloat, TDouble>(TFloat single, TDouble full, Func<double, double> reference)
            where TFloat : struct, IUnaryKernel<float>
            where TDouble : struct, IUnaryKernel<double>
        {
            View<float> y = device.View([x.Length], new float[x.Length]);
            device.Map(device.View([x.Length], [.. x.Select(v => (float)v)]), y, single);
            View<double> z = device.View([x.Length], new double[x.Length]);
            device.Map(device.View([x.Length], x), z, full);
            Compare(single.GetType().Name, [.. x.Select(v => reference((float)v))], y.Storage(), [.. x.Select(reference)], z.Storage());
        }

        void RunTwo<TFloat, TDouble>(TFloat single, TDouble full, Func<double, double, double> reference)
            where TFloat : struct, IBinaryKernel<float>
            where TDouble : struct, IBinaryKernel<double>
        {
            View<float> y = device.View([pairs.Length], new float[pairs.Length]);
            device.Zip(device.View([pairs.Length], [.. pairs.Select(v => (float)v.A)]), device.View([pairs.Length], [.. pairs.Select(v => (float)v.B)]), y, single);
            View<double> z = device.View([pairs.Length], new double[pairs.Length]);
            device.Zip(device.View([pairs.Length], [.. pairs.Select(v => v.A)]), device.View([pairs.Length], [.. pairs.Select(v => v.B)]), z, full);
            Compare(single.GetType().Name, [.. pairs.Select(v => reference((float)v.A, (float)v.B))], y.Storage(), [.. pairs.Select(v => reference(v.A, v.B))], z.Storage());
        }

        void Compare(string name, double[] expectedSingle, float[] single, double[] expected, double[] full)
        {
            for (int i = 0; i < single.Length; i++)
            {
                // Devices may flush results below the normal numbers to 0.
                AssertSame($"{name} float, input {i}", (float)expectedSingle[i], single[i], 1.2e-38, 3e-7);
                AssertSame($"{name} double, input {i}", expected[i], full[i], 2.3e-308, 6e-16);
            }
        }
    }

    private static (Func<float, float>, Func<double, double>, Func<double, double>) Unary(string name) => name switch
    {
        "exp" => (DeviceMath.Exp, DeviceMath.Exp, Math.Exp),
        "log" => (DeviceMath.Log, DeviceMath.Log, Math.Log),
        "tanh" => (DeviceMath.Tanh, DeviceMath.Tanh, Math.Tanh),
        "sin" => (DeviceMath.Sin, DeviceMath.Sin, Math.Sin),
        _ => (DeviceMath.Cos, DeviceMath.Cos, Math.Cos),
    };

    private static (Func<float, float, float>, Func<double, double, double>, Func<double, double, double>) Binary(string name) => name == "pow"
        ? (DeviceMath.Pow, DeviceMath.Pow, Math.Pow)
        : (DeviceMath.Atan2, DeviceMath.Atan2, Math.Atan2);

    /// <summary>Numbers in an interval, or numbers of either sign whose binary exponents are.</summary>
    private static IEnumerable<double> Inputs(double low, double high, bool isExponent)
    {
        var random = new Random(20);
        for (int i = 0; i < Samples; i++)
        {
            double v = low + (high - low) * random.NextDouble();
            double x = isExponent ? Math.Pow(2, v) : v;
            yield return isExponent && low > -149 && i % 2 == 1 && low != -1 ? -x : x;
        }
    }

    private static IEnumerable<(double A, double B)> Pairs(string name, int exponent)
    {
        var random = new Random(21);
        for (int i = 0; i < Samples; i++)
        {
            double a = Math.Pow(2, exponent + 2 * Math.Abs(exponent) * random.NextDouble()), b = Math.Pow(2, exponent + 2 * Math.Abs(exponent) * random.NextDouble());
            // Powers: exponents that keep the result in the range of float.
            yield return name == "pow" ? (a, 85 * (2 * random.NextDouble() - 1) / Math.Max(1e-3, Math.Abs(Math.Log(a)))) : (i % 2 == 0 ? a : -a, i % 4 < 2 ? b : -b);
        }
    }

    private double Worst(string name, IEnumerable<(double X, double Actual, double Expected)> results, int bits, int smallest)
    {
        double worst = 0, at = 0;
        foreach ((double x, double actual, double expected) in results)
        {
            if (double.IsNaN(expected))
            {
                continue;
            }

            double unit = Math.ScaleB(1, Math.Max(expected == 0 ? smallest : Math.ILogB(expected), smallest) - bits + 1);
            double error = actual.Equals(expected) ? 0 : Math.Abs(actual - expected) / unit;
            if (bits == 24 && float.IsInfinity((float)expected) && double.IsInfinity(actual))
            {
                error = 0;
            }

            if (!(error <= worst))
            {
                (worst, at) = (error, x);
            }
        }
        output.WriteLine($"{name}: at most {worst:F3} ulp, at {at:R}");
        return worst;
    }

    private static void AssertSame(string what, double expected, double actual, double absolute, double relative)
    {
        bool same = double.IsNaN(expected) ? double.IsNaN(actual)
            : double.IsInfinity(expected) ? actual == expected
            : expected == 0 ? Math.Abs(actual) <= absolute && (double.IsNegative(actual) == double.IsNegative(expected) || actual != 0)
            : Math.Abs(actual - expected) <= Math.Max(absolute, relative * Math.Abs(expected));
        Assert.True(same, $"{what}: expected {expected:R}, got {actual:R}");
    }
}
