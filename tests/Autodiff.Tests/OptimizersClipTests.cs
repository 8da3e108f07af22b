using Xunit;

namespace Autodiff.Tests;

public class OptimizersClipTests
{
    private static Parameter<double> With(params double[] gradient)
    {
        Parameter<double> parameter = new(Tensor.Zeros<double>([gradient.Length]), $"p{gradient.Length}");
        parameter.SetGradient(Tensor.Create(gradient));
        return parameter;
    }

    [Fact]
    public void ByNormScalesAllGradientsToTheCommonNorm()
    {
        Parameter<double> a = With(3, 0), b = With(0, 4, 12), none = new(Tensor.Zeros<double>([5]));
        Assert.Equal(13, Clip.ByNorm([a, none, b], maxNorm: 6.5), 12);
        double factor = 6.5 / (13 + 1e-6);
        Assert.Equal([3 * factor, 0], a.Gradient!.ToArray());
        Assert.Equal([0, 4 * factor, 12 * factor], b.Gradient!.ToArray());
        Assert.Null(none.Gradient);
    }

    [Fact]
    public void SmallGradientsStayAsTheyAre()
    {
        Parameter<double> a = With(3, 4);
        Assert.Equal(5, Clip.ByNorm([a], maxNorm: 5.1), 12);
        Assert.Equal([3, 4], a.Gradient!.ToArray());
        Assert.Equal(0, Clip.ByNorm(Array.Empty<Parameter<double>>(), 1));
        Assert.Equal(0, Clip.ByNorm([With(0, 0)], 0));
    }

    [Fact]
    public void NonFiniteNormsAreTreatedAsPyTorchDoesOrRaised()
    {
        Parameter<double> infinite = With(double.PositiveInfinity, 1), finite = With(1, 2, 3);
        var error = Assert.Throws<ArithmeticException>(() => Clip.ByNorm([infinite, finite], 1, errorIfNonFinite: true));
        Assert.Contains("'p2'", error.Message);
        Assert.DoesNotContain("'p3'", error.Message);
        Assert.Equal([1, 2, 3], finite.Gradient!.ToArray());

        Assert.Equal(double.PositiveInfinity, Clip.ByNorm([infinite, finite], 1));
        Assert.Equal([double.NaN, 0], infinite.Gradient!.ToArray());
        Assert.Equal([0, 0, 0], finite.Gradient!.ToArray());

        Parameter<double> undefined = With(double.NaN, 1), other = With(1, 2, 3);
        Assert.Equal(double.NaN, Clip.ByNorm([undefined, other], 1));
        Assert.All(other.Gradient!.ToArray(), value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void ByValueLimitsEachElement()
    {
        Parameter<double> a = With(-3, 0.2, 0.7, double.PositiveInfinity);
        Clip.ByValue([a], 0.5);
        Assert.Equal([-0.5, 0.2, 0.5, 0.5], a.Gradient!.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Clip.ByValue([a], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clip.ByNorm([a], double.NaN));
    }

    [Fact]
    public void GradientsSharedWithATapeAreCopiedBeforeTheyAreChanged()
    {
        Parameter<double> w = new(Tensor.Create([1.0, 2, 3, 4], [2, 2]));
        using var tape = new Tape();
        tape.Backward(w.Sum(), createGraph: true);
        Tensor<double> shared = w.Gradient!;
        Assert.Equal(2, Clip.ByNorm([w], 1), 12);
        Assert.All(shared.ToArray(), value => Assert.Equal(1.0, value));
        Assert.All(w.Gradient!.ToArray(), value => Assert.Equal(0.5, value, 6));
    }
}
