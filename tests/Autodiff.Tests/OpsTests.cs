using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What the table of operations cannot say: kinks, ties, infinities and randomness. The expected values are PyTorch's.</summary>
public class OpsTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    [Fact]
    public void MaximumSharesTheGradientOfEquals()
    {
        Assert.Equal([0.5, 1, 0, 1], GradientOf(a => a.Maximum(Tensor.Create(1.0, 0, 3, NaN)), 1, 2, 2, 2));
        Assert.Equal([0.5, 0, 1, 1], GradientOf(a => a.Minimum(Tensor.Create(1.0, 0, 3, NaN)), 1, 2, 2, 2));
        Assert.Equal([0.5, 1, 0, 1], GradientOf(b => Tensor.Create(1.0, 0, 3, NaN).Maximum(b), 1, 2, 2, 2));
    }

    [Fact]
    public void MaxAndMinShareTheGradientEvenlyAmongTies()
    {
        Assert.Equal([0, 0.5, 0.5], GradientOf(x => x.Max(), 1, 2, 2));
        Assert.Equal([0, 1, 0.5, 0.5], GradientOf(x => x.Reshape([2, 2]).Min([1]), 5, 4, 3, 3));
        Assert.All(GradientOf(x => x.Max(), 1, NaN, 2), value => Assert.Equal(NaN, value));
    }

    [Fact]
    public void KinksHavePyTorchsDerivatives()
    {
        Assert.Equal([0], GradientOf(x => x.Abs(), 0));
        Assert.Equal([0, 1], GradientOf(x => x.Relu(), 0, NaN));
        Assert.Equal([0], GradientOf(y => y.Atan2(Tensor.Create(0.0)), 0));
        Assert.Equal([0.01], GradientOf(x => x.LeakyRelu(), 0));
        Assert.Equal([1], GradientOf(x => x.Elu(), 0));
        Assert.Equal([0, 1, 1, 1, 0, 0], GradientOf(x => x.Clip(-1, 1), -2, -1, 0, 1, 2, NaN));
        Assert.Equal([Inf], GradientOf(x => x.Sqrt(), 0));
        Assert.Equal([0], GradientOf(x => x.Sign(), 3));
    }

    [Fact]
    public void PowerTakesTheLimitWhereTheFormulaIsZeroTimesInfinity()
    {
        Assert.Equal([0, 0], GradientOf(x => x.Power(0), 0, 2));
        Assert.Equal([0, 0, 0], GradientOf(a => a.Power(Tensor.Create(0.0, 0, 0)), 0, 2, 1e-320));
        Assert.Equal([0, 0, 0], GradientOf(b => Tensor.Create(0.0, 0, 1).Power(b), 0, 2, 0));
        Assert.Equal([0, 0, 12, 3], GradientOf(x => x.Power(3), 0, -0d, 2, -1));
        // d²(aᵇ)/da db at b = 0 is 1/a.
        using var tape = new Tape();
        Tensor<double> a = tape.Watch(Tensor.Create(2.0)), b = tape.Watch(Tensor.Create(0.0));
        Tensor<double> first = tape.Gradient(a.Power(b), [a], createGraph: true)[0]!;
        Assert.Equal(0.5, tape.Gradient(first, [b])[0]!.Item(), 15);
    }

    [Fact]
    public void EluDoesNotOverflowInTheSecondDerivative()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(-1.0, 5, 1000));
        Tensor<double> first = tape.Gradient(x.Elu().Sum(), [x], createGraph: true)[0]!;
        Assert.Equal([Math.Exp(-1), 0, 0], tape.Gradient(first.Sum(), [x])[0]!.ToArray());
    }

    [Fact]
    public void SoftmaxOfLargeNumbersDoesNotOverflow()
    {
        double e = Math.Exp(-1), sum = 1 + e;
        Close([e / sum, 1 / sum], Tensor.Create(9999.0, 10000).Softmax());
        Close([-1 - Math.Log(sum), -Math.Log(sum)], Tensor.Create(9999.0, 10000).LogSoftmax());
        Close([10000 + Math.Log(sum)], Tensor.Create(9999.0, 10000).LogSumExp());
        Assert.Equal([0, -2000], Tensor.Create(0.0, -2000).LogSoftmax().ToArray());
    }

    [Theory]
    [InlineData(-Inf, 0, new[] { 0.0, 1 }, new[] { -Inf, 0 }, 0.0)]
    [InlineData(-Inf, -Inf, new[] { NaN, NaN }, new[] { NaN, NaN }, -Inf)]
    [InlineData(Inf, 0, new[] { NaN, NaN }, new[] { NaN, NaN }, Inf)]
    [InlineData(NaN, 0, new[] { NaN, NaN }, new[] { NaN, NaN }, NaN)]
    public void InfiniteRowsBehaveAsInPyTorch(double first, double second, double[] softmax, double[] logSoftmax, double logSumExp)
    {
        Tensor<double> x = Tensor.Create(first, second);
        Assert.Equal(softmax, x.Softmax().ToArray());
        Assert.Equal(logSoftmax, x.LogSoftmax().ToArray());
        Assert.Equal(logSumExp, x.LogSumExp().Item());
    }

    [Fact]
    public void MaskedLogitsGetNoGradient()
    {
        Close([0, 0.5, 0.5], Tensor.Create(GradientOf(x => x.LogSumExp(), -Inf, 1, 1)));
        Assert.Equal([0, 0, 0], GradientOf(x => x.Softmax(), -Inf, 1, 1));
        Close([0, 0.5, -0.5], Tensor.Create(GradientOf(x => x.LogSoftmax()[1..2], -Inf, 1, 1)));
    }

    [Fact]
    public void VarianceOfOneIsNaNAsASampleAndZeroAsAPopulation()
    {
        Assert.Equal(NaN, Tensor.Create(3.0).Variance().Item());
        Assert.Equal(0, Tensor.Create(3.0).Variance(correction: 0).Item());
        Assert.Equal(NaN, Tensor.Create(3.0).Variance(correction: 2).Item());
        Assert.Equal(0.5, Tensor.Create(3.0, 4).Variance().Item());
    }

    [Fact]
    public void MeanOfNothingIsNaN() => Assert.Equal(NaN, Tensor.Zeros<double>([0]).Mean().Item());

    [Fact]
    public void SquaresOfHugeAndTinyNumbersStayApartFromTheirSum() =>
        Assert.Equal(new[] { Inf, 0 }, Tensor.Create(1e200, 1e-200).Square().ToArray());

    [Fact]
    public void DivisionByAConstantIsRoundedOnce()
    {
        Assert.Equal(5.0 / 3, (Tensor.Scalar(5.0) / 3).Item());
        Assert.Equal(0, (Tensor.Scalar(0.0) / 1e-310).Item());
    }

    [Fact]
    public void ScatterAddAddsRepeatedIndices()
    {
        Tensor<double> x = Tensor.Create(10.0, 20), source = Tensor.Create(1.0, 2, 3);
        Assert.Equal([14.0, 22], x.ScatterAdd(new Indices(0, 1, 0), source, 0).ToArray());
        Assert.Equal([10.0, 20], x.ToArray());
    }

    [Fact]
    public void DropoutKeepsTheMeanAndPassesTheSameMaskBack()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Full<double>([20_000], 1));
        Tensor<double> y = x.Dropout(0.25, new Generator(5));
        double[] values = y.ToArray();
        Assert.Equal([0, 1 / 0.75], values.Distinct().Order());
        Assert.InRange(values.Average(), 0.97, 1.03);
        Assert.Equal(values, tape.Gradient(y.Sum(), [x])[0]!.ToArray());
    }

    [Fact]
    public void AGeneratorIsItsSeedAndOffset()
    {
        var generator = new Generator(42);
        double[] first = generator.Uniform<double>([6]).ToArray(), second = generator.Normal<double>([3]).ToArray();
        Assert.Equal(12ul, generator.Offset);
        Assert.Equal(first, new Generator(42).Uniform<double>([6]).ToArray());
        Assert.Equal(second, new Generator(42, 8).Normal<double>([3]).ToArray());
        Assert.NotEqual(first, new Generator(43).Uniform<double>([6]).ToArray());
        Assert.All(first, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void RandomNumbersHaveTheirDistribution()
    {
        var generator = new Generator(3);
        double[] uniform = generator.Uniform<double>([40_000], -1, 3).ToArray(), normal = generator.Normal<double>([40_000], 5, 2).ToArray();
        Assert.InRange(uniform.Average(), 0.97, 1.03);
        Assert.InRange(uniform.Min(), -1, -0.99);
        Assert.InRange(uniform.Max(), 2.99, 3);
        Assert.InRange(normal.Average(), 4.95, 5.05);
        Assert.InRange(Math.Sqrt(normal.Sum(value => (value - 5) * (value - 5)) / normal.Length), 1.96, 2.04);
    }

    [Fact]
    public void IndicesKeepTheirValuesUnderOtherShapes()
    {
        var indices = new Indices([3, 1, 4], [3]);
        Assert.Equal([3, 3, 1, 1, 4, 4], indices.Reshape([3, 1]).BroadcastTo([3, 2]).ToArray());
        Assert.Throws<ArgumentException>(() => indices.Reshape([3, 1]).BroadcastTo([3, 2]).Reshape([6]));
        Assert.Empty(new Indices().ToArray());
    }

    private static double[] GradientOf(Func<Tensor<double>, Tensor<double>> function, params double[] at)
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(at));
        return tape.Gradient(function(x).Sum(), [x])[0]!.ToArray();
    }

    private static void Close(double[] expected, Tensor<double> actual)
    {
        foreach ((double e, double a) in expected.Zip(actual.ToArray()))
        {
            Assert.Equal(e, a, 1e-14 * (1 + Math.Abs(e)));
        }
    }
}
