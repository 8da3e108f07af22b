using System.Globalization;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>
/// How far the functions of floats are from the exact values: on a sample of all bit patterns and at the hardest arguments; with
/// AUTODIFF_LONG_TESTS=1 on all 2³² of them, of which docs/accuracy.md keeps the results.
/// </summary>
public class SingleAccuracyTests(ITestOutputHelper output)
{
    /// <summary>The functions, with the most ulp that the vector body may be off.</summary>
    public static TheoryData<string, double> Functions => new()
    {
        { "exp", 1 },
        { "log", 1 },
        { "tanh", 1.5 },
        { "sigmoid", 2 },
        { "sin", 0.51 },
        { "cos", 0.51 },
        { "erf", 1.5 },
        { "softplus", 1.5 },
        { "elu", 1 },
    };

    // Where the long run found the largest errors, the ends of the domains, and where one formula hands over to another.
    private static readonly float[] Hard =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, -1.17549435e-38f, 1e-20f, -1e-8f, 0.5f, 0.625f, 0.62499994f,
        -0.625f, 0.70710677f, 0.70710683f, 0.927734375f, 0.92773443f, 0.99999994f, 1f, 1.0000001f, 3.9999998f, 4f, 9.0109134f, 10f, -10f, 16.63554f,
        16.635532f, 87f, 87.00001f, -87f, -87.00001f, -87.33654f, -87.33655f, 88.72283f, 88.72284f, 89f, -103.97208f, -103.97207f, -104f, -105f, 1e30f,
        -1e30f, 1073741824f, 1073741888f, 3.1415927f, 1.5707964f, 7.853982f, 51472.94f, float.MaxValue, float.MinValue, float.PositiveInfinity,
        float.NegativeInfinity, float.NaN,
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public void ASampleIsAccurate(string name, double ulps)
    {
        SingleScanResult result = Scan(name).Sample(1);
        // Each hard argument also among ordinary ones: vectors with and without special lanes take different ways.
        foreach (float x in Hard)
        {
            result.Add(Scan(name).Points(x));
            result.Add(Scan(name).Points(x, 0.3f));
        }
        Require(name, result, ulps);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void AllFloatsAreAccurate(string name, double ulps)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("AUTODIFF_LONG_TESTS") == "1", "AUTODIFF_LONG_TESTS is not 1: this takes minutes.");
        Require(name, Scan(name).All(), ulps);
    }

    private void Require(string name, SingleScanResult result, double ulps)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {result}"));
        Assert.True(
            result.Vector.Ulps <= ulps && result.Subnormal.Ulps <= Math.Max(ulps, 1) && result.Wrong.Count == 0,
            $"{name}, where {ulps} ulp are allowed: {result}");
    }

    private static ISingleScan Scan(string name) => name switch
    {
        "exp" => new SingleScan<Exp<float>, Exp<double>>(default, default, Math.Exp),
        "log" => new SingleScan<Log<float>, Log<double>>(default, default, Math.Log),
        "tanh" => new SingleScan<Tanh<float>, Tanh<double>>(default, default, Math.Tanh),
        "sigmoid" => new SingleScan<Sigmoid<float>, Sigmoid<double>>(default, default, x => 1 / (1 + Math.Exp(-x))),
        "sin" => new SingleScan<Sin<float>, Sin<double>>(default, default, Math.Sin),
        "cos" => new SingleScan<Cos<float>, Cos<double>>(default, default, Math.Cos),
        "erf" => new SingleScan<Erf<float>, Erf<double>>(default, default, Scalar.Erf),
        "softplus" => new SingleScan<Softplus<float>, Softplus<double>>(default, default, x => x > 0 ? x + Scalar.Log1p(Math.Exp(-x)) : Scalar.Log1p(Math.Exp(x))),
        "elu" => new SingleScan<Elu<float>, Elu<double>>(new(1), new(1), x => x > 0 ? x : Scalar.Expm1(x)),
        _ => throw new ArgumentException(name),
    };
}
