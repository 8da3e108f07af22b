using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>Initial values: bounds and moments against the formulas of torch.nn.init.</summary>
public class LayersInitializersTests
{
    private const int Outputs = 200, Inputs = 300;

    private static double[] Draw(Action<Parameter<double>, Generator> initialize, params int[] shape)
    {
        Parameter<double> parameter = new(Tensor.Zeros<double>(shape.Length > 0 ? new Shape(shape) : [Outputs, Inputs]), "w");
        initialize(parameter, new Generator(11));
        return parameter.ToArray();
    }

    // Five standard errors of the estimates from n values.
    private static void AssertUniform(double[] values, double bound)
    {
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.True(values.Max() > 0.999 * bound && values.Min() < -0.999 * bound);
        Assert.InRange(values.Average(), -5 * bound / Math.Sqrt(3.0 * values.Length), 5 * bound / Math.Sqrt(3.0 * values.Length));
        Assert.Equal(bound * bound / 3, values.Average(v => v * v), 5 * bound * bound * Math.Sqrt(4.0 / 45 / values.Length));
    }

    private static void AssertNormal(double[] values, double deviation)
    {
        Assert.InRange(values.Average(), -5 * deviation / Math.Sqrt(values.Length), 5 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation * deviation, values.Average(v => v * v), 5 * deviation * deviation * Math.Sqrt(2.0 / values.Length));
        Assert.Equal(0.6827, values.Count(v => Math.Abs(v) < deviation) / (double)values.Length, 0.01);
        Assert.Contains(values, v => Math.Abs(v) > 3 * deviation);
    }

    [Fact]
    public void KaimingIsScaledByTheFanAndTheGain()
    {
        AssertUniform(Draw((w, g) => Initializers.KaimingUniform(w, g)), Math.Sqrt(6.0 / Inputs));
        AssertUniform(Draw((w, g) => Initializers.KaimingUniform(w, g, Nonlinearity.Tanh, mode: FanMode.Output)), 5.0 / 3 * Math.Sqrt(3.0 / Outputs));
        AssertNormal(Draw((w, g) => Initializers.KaimingNormal(w, g, Nonlinearity.Relu)), Math.Sqrt(2.0 / Inputs));
        AssertNormal(Draw((w, g) => Initializers.KaimingNormal(w, g, Nonlinearity.LeakyRelu, slope: 2)), Math.Sqrt(0.4 / Inputs));
        AssertUniform(Draw((w, g) => Initializers.KaimingUniform(w, g, Nonlinearity.Linear), 100, 20, 5, 6), Math.Sqrt(3.0 / 600));
    }

    [Fact]
    public void XavierIsScaledByBothFans()
    {
        AssertUniform(Draw((w, g) => Initializers.XavierUniform(w, g)), Math.Sqrt(6.0 / (Inputs + Outputs)));
        AssertNormal(Draw((w, g) => Initializers.XavierNormal(w, g, gain: 3)), 3 * Math.Sqrt(2.0 / (Inputs + Outputs)));
        AssertUniform(Draw((w, g) => Initializers.XavierUniform(w, g), 100, 20, 5, 6), Math.Sqrt(6.0 / (600 + 3000)));
    }

    [Fact]
    public void LinearStartsAsPyTorchs()
    {
        var layer = new Linear<double>(Inputs, Outputs, new Generator(12));
        AssertUniform(layer.Weight.ToArray(), 1 / Math.Sqrt(Inputs));
        Assert.All(layer.Bias!.ToArray(), value => Assert.InRange(value, -1 / Math.Sqrt(Inputs), 1 / Math.Sqrt(Inputs)));
        Assert.True(layer.Bias!.ToArray().Distinct().Count() > Outputs / 2);
        Assert.All(new LayerNorm<double>([5]).Weight!.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void ConstantsAndErrors()
    {
        Assert.All(Draw((w, _) => Initializers.Constant(w, 3)), value => Assert.Equal(3, value));
        var bias = new Parameter<double>(Tensor.Zeros<double>([3]), "hidden.bias");
        Assert.Contains("'hidden.bias' has shape [3]", Assert.Throws<ArgumentException>(() => Initializers.XavierUniform(bias, new Generator(1))).Message);
        Assert.Equal([1, 1, 5.0 / 3, Math.Sqrt(2)],
            new[] { Nonlinearity.Linear, Nonlinearity.Sigmoid, Nonlinearity.Tanh, Nonlinearity.Relu }.Select(n => Initializers.Gain(n)));
        Assert.Equal(Math.Sqrt(2 / 1.0001), Initializers.Gain(Nonlinearity.LeakyRelu));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializers.Gain((Nonlinearity)9));
    }

    [Fact]
    public void ATapeNoticesNewValues()
    {
        var layer = new Linear<double>(2, 1, new Generator(1));
        int version = layer.Weight.Version;
        Initializers.Constant(layer.Weight, 0);
        Assert.Equal(version + 1, layer.Weight.Version);
    }
}
