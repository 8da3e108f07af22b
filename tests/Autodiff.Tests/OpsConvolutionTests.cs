using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What the table cannot say of convolutions and pools: ties, NaN, layers, and products large enough for all threads.</summary>
public class OpsConvolutionTests
{
    [Fact]
    public void MaxPoolGivesTheGradientToTheFirstOfEqualsAndPassesNaNOn()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create([1.0, 1, 0, double.NaN, 2, double.NaN], [1, 1, 6]));
        Tensor<double> y = x.MaxPool1d(3, 3);
        Assert.Equal([1, double.NaN], y.ToArray());
        Assert.Equal([1.0, 0, 0, 0, 0, 1], tape.Gradient(y, [x], Tensor.Ones<double>([1, 1, 2]))[0]!.ToArray());
        Assert.Equal([double.NegativeInfinity], Tensor.Full([1, 1, 2], double.NegativeInfinity).MaxPool1d(2).ToArray());
    }

    [Fact]
    public void ConvolutionsOfNonFiniteNumbersTouchOnlyWhatSeesThem()
    {
        double[] values = new double[36];
        values[0] = double.NaN;
        double[] y = Tensor.Create(values, [1, 1, 6, 6]).Conv2d(Tensor.Ones<double>([1, 1, 3, 3]), padding: 1).ToArray();
        for (int i = 0; i < 36; i++)
        {
            Assert.Equal(i / 6 <= 1 && i % 6 <= 1 ? double.NaN : 0, y[i]);
        }
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 2)]
    public void LargeConvolutionsAreSumsOfShiftedProducts(int stride, int padding, int dilation)
    {
        var generator = new Generator(21);
        Tensor<double> image = generator.Normal<double>([9, 70, 19, 23]), kernel = generator.Normal<double>([65, 70, 3, 3]), shift = generator.Normal<double>([65]);
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(image), w = tape.Watch(kernel), b = tape.Watch(shift);
        Tensor<double> y = x.Conv2d(w, b, stride, padding, dilation), z = Shifted(x, w, b, stride, padding, dilation);
        Close(z, y, 1e-12);
        Tensor<double> g = generator.Normal<double>(y.Shape);
        Tensor<double>?[] expected = tape.Gradient(z, [x, w, b], g), actual = tape.Gradient(y, [x, w, b], g);
        for (int i = 0; i < 3; i++)
        {
            Close(expected[i]!, actual[i]!, 1e-11);
        }
    }

    [Fact]
    public void TheSameBitsForAnyNumberOfThreads()
    {
        int threads = Device.CpuThreads;
        try
        {
            List<float[][]> runs = [];
            foreach (int count in (int[])[1, 2, 4])
            {
                Device.CpuThreads = count;
                var generator = new Generator(22);
                using var tape = new Tape();
                Tensor<float> x = tape.Watch(generator.Normal<float>([3, 16, 20, 20])), w = tape.Watch(generator.Normal<float>([24, 16, 3, 3]));
                Tensor<float> y = x.Conv2d(w, padding: 1);
                Tensor<float>?[] gradients = tape.Gradient(y, [x, w], generator.Normal<float>(y.Shape));
                runs.Add([y.ToArray(), gradients[0]!.ToArray(), gradients[1]!.ToArray()]);
            }
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(runs[0][i], runs[1][i]);
                Assert.Equal(runs[0][i], runs[2][i]);
            }
        }
        finally
        {
            Device.CpuThreads = threads;
        }
    }

    [Fact]
    public void LayersAreTheirOperationsWithPyTorchsInitialization()
    {
        var generator = new Generator(1);
        var two = new Conv2d<double>(6, 40, (3, 5), generator, stride: 2, padding: (1, 2), groups: 2);
        Assert.Equal(new Shape(40, 3, 3, 5), two.Weight.Shape);
        Assert.Equal(new Shape(40), two.Bias!.Shape);
        // Kaiming with slope √5: a bound of 1 / √45, and the standard deviation of what is spread evenly within it.
        double[] weights = two.Weight.ToArray();
        double bound = 1 / Math.Sqrt(45);
        Assert.All(weights, value => Assert.InRange(value, -bound, bound));
        Assert.All(two.Bias.ToArray(), value => Assert.InRange(value, -bound, bound));
        Assert.Equal(bound / Math.Sqrt(3), Math.Sqrt(weights.Average(value => value * value)), bound / 20);
        Tensor<double> image = generator.Normal<double>([2, 6, 9, 11]);
        Assert.Equal(image.Conv2d(two.Weight, two.Bias, 2, (1, 2), groups: 2).ToArray(), two.Forward(image).ToArray());
        Assert.Equal("Conv2d(6, 40, 3 x 5, stride: 2 x 2, padding: 1 x 2, dilation: 1 x 1, groups: 2)", two.ToString());

        var one = new Conv1d<double>(4, 3, 5, generator, padding: 2, dilation: 1, bias: false);
        Tensor<double> line = generator.Normal<double>([2, 4, 12]);
        Assert.Null(one.Bias);
        Assert.Equal(new Shape(2, 3, 12), one.Forward(line).Shape);
        Assert.Equal(line.MaxPool1d(2).ToArray(), new MaxPool1d<double>(2).Forward(line).ToArray());
        Assert.Equal(line.AveragePool1d(3, 1, 1).ToArray(), new AveragePool1d<double>(3, 1, 1).Forward(line).ToArray());
        Assert.Equal(image.MaxPool2d(3, 2, 1).ToArray(), new MaxPool2d<double>(3, 2, 1).Forward(image).ToArray());
        Assert.Equal(image.AveragePool2d(2).ToArray(), new AveragePool2d<double>(2).Forward(image).ToArray());
        Assert.Throws<ArgumentException>(() => new Conv2d<double>(3, 4, 3, generator, groups: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv1d<double>(3, 4, 0, generator));
    }

    [Fact]
    public void AConvolutionalNetworkLearns()
    {
        // Which half of a noisy image is brighter.
        var generator = new Generator(2);
        Tensor<float> images = generator.Normal<float>([64, 1, 8, 8]);
        int[] classes = [.. Enumerable.Range(0, 64).Select(i => i % 2)];
        Tensor<float> half = Tensor.Create([.. Enumerable.Range(0, 64 * 64).Select(i => i % 8 / 4 == classes[i / 64] ? 0.8f : 0)], [64, 1, 8, 8]);
        Tensor<float> x = images + half;
        Indices targets = new(classes);
        Conv2d<float> first = new(1, 8, 3, generator, padding: 1), second = new(8, 8, 3, generator, padding: 1);
        Linear<float> last = new(32, 2, generator);
        var optimizer = new Adam<float>([.. first.Parameters, .. second.Parameters, .. last.Parameters], 1e-2);
        float loss = 0;
        for (int step = 0; step < 40; step++)
        {
            using var tape = new Tape();
            optimizer.ZeroGradient();
            Tensor<float> hidden = second.Forward(first.Forward(x).Relu().MaxPool2d(2)).Relu().AveragePool2d(2);
            Tensor<float> total = Loss.CrossEntropy(last.Forward(hidden.Reshape([64, 32])), targets);
            tape.Backward(total);
            optimizer.Step();
            loss = total.Item();
        }
        Assert.InRange(loss, 0, 0.1f);
    }

    private static Tensor<double> Shifted(Tensor<double> x, Tensor<double> w, Tensor<double> b, int stride, int padding, int dilation)
    {
        Tensor<double> padded = x.Pad([(0, 0), (0, 0), (padding, padding), (padding, padding)]);
        int height = (padded.Shape[2] - 2 * dilation - 1) / stride + 1, width = (padded.Shape[3] - 2 * dilation - 1) / stride + 1;
        Tensor<double> y = b.Reshape([w.Shape[0], 1]);
        for (int k = 0; k < 3; k++)
        {
            for (int l = 0; l < 3; l++)
            {
                Tensor<double> seen = padded.Slice(2, k * dilation, height, stride).Slice(3, l * dilation, width, stride);
                y += w.Select(3, l).Select(2, k).MatMul(seen.Reshape([x.Shape[0], x.Shape[1], height * width]));
            }
        }
        return y.Reshape([x.Shape[0], w.Shape[0], height, width]);
    }

    private static void Close(Tensor<double> expected, Tensor<double> actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((double e, double a) in expected.ToArray().Zip(actual.ToArray()))
        {
            Assert.True(Math.Abs(e - a) <= tolerance * (10 + Math.Abs(e)), $"{a:R}, not {e:R}");
        }
    }
}
