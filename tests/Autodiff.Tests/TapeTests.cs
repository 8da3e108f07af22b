using Xunit;

namespace Autodiff.Tests;

public class TapeTests
{
    [Fact]
    public void GradientOfALinearModelIsTheTextbookOne()
    {
        var w = new Parameter<double>(Tensor.Create([1.0, 2, 3, 4, 5, 6], [3, 2]), "w");
        var b = new Parameter<double>(Tensor.Create(0.5, -0.5), "b");
        Tensor<double> x = Tensor.Create([1.0, 2, 3, 4, 5, 6], [2, 3]), t = Tensor.Create([1.0, 0, 0, 1], [2, 2]);
        using var tape = new Tape();
        Tensor<double> loss = Loss.MeanSquaredError(x.MatMul(w) + b, t);
        tape.Backward(loss);

        double[] residual = [22.5 - 1, 27.5, 49.5, 63.5 - 1];
        Assert.Equal(residual.Select(r => r * r).Average(), loss.Item(), 12);
        Assert.Equal([(residual[0] + residual[2]) / 2, (residual[1] + residual[3]) / 2], b.Gradient!.ToArray());
        Assert.Equal((residual[0] * 1 + residual[2] * 4) / 2, w.Gradient!.ToArray()[0], 12);
    }

    [Fact]
    public void ThirdDerivativeOfACubeIsSix()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(2.0));
        Tensor<double> first = tape.Gradient(x * x * x, [x], createGraph: true)[0]!;
        Tensor<double> second = tape.Gradient(first, [x], createGraph: true)[0]!;
        Tensor<double> third = tape.Gradient(second, [x], createGraph: true)[0]!;
        Assert.Equal([12.0, 12.0, 6.0], new[] { first.Item(), second.Item(), third.Item() });
    }
}
