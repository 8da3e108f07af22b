using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>The row kernels against the same functions in steps, where the table's small shapes do not reach.</summary>
public class OpsRowTests
{
    public static TheoryData<string> Devices => [.. TestDevices.Names];

    [Theory, MemberData(nameof(Devices))]
    public void RowKernelsGiveWhatTheStepsGive(string name)
    {
        Device device = TestDevices.Find(name);
        int size = name == "emulator" ? 150 : 3000;
        foreach (Shape shape in (Shape[])[[5, size], [size, 5], [2, size / 2 + 1, 3], [1, 1, 1], [3, 8], [4, 17], [7, 16, 9]])
        {
            // Large enough that nothing but the subtraction of the maximum keeps the exponentials finite.
            Tensor<double> x = new Generator(4).Normal<double>(shape, 500, 30, device);
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                Close(Ops.SoftmaxInSteps(x, axis), x.Softmax(axis), 1e-13);
                Close(Ops.LogSoftmaxInSteps(x, axis), x.LogSoftmax(axis), 1e-12);
                Close(Ops.LogSumExpInSteps(x, [axis]), x.LogSumExp([axis], keepAxes: true), 1e-13);
            }
        }
    }

    [Fact]
    public void AFewLongRowsGiveWhatManyDo()
    {
        Tensor<double> x = new Generator(4).Normal<double>([2, (1 << 16) + 5]), many = x.BroadcastTo([5, .. x.Shape.AsSpan()]);
        Close(many.Softmax().Select(0, 0), x.Softmax(), 1e-13);
        Close(many.LogSoftmax().Select(0, 0), x.LogSoftmax(), 1e-13);
        Close(many.LogSumExp([2]).Select(0, 0), x.LogSumExp([1]), 1e-13);
        foreach (Func<Tensor<double>, Tensor<double>> function in (Func<Tensor<double>, Tensor<double>>[])[x => x.Softmax(), x => x.LogSoftmax()])
        {
            using var tape = new Tape();
            Tensor<double> few = tape.Watch(x), rows = tape.Watch(many);
            Tensor<double> g = tape.Gradient((function(few) * few).Sum(), [few])[0]!, h = tape.Gradient((function(rows) * rows).Sum(), [rows])[0]!;
            Close(h.Select(0, 0), g, 1e-12);
        }
    }

    [Fact]
    public void RowsMayBeMaskedWholeInPart()
    {
        const double None = double.NegativeInfinity;
        Tensor<double> x = Tensor.Create([None, 1, None, 1, None, None, None, None], [2, 4]);
        Assert.Equal([0, 0.5, 0, 0.5], x.Softmax()[0..1].ToArray());
        Assert.All(x.Softmax()[1..2].ToArray(), value => Assert.Equal(double.NaN, value));
        Assert.Equal([1 + Math.Log(2), None], x.LogSumExp([1]).ToArray());
    }

    [Fact]
    public void ACertainClassKeepsItsTinyLoss()
    {
        // ln(1 + e^-10) behind logits whose half-ulp is larger.
        float loss = Loss.CrossEntropy(Tensor.Create([1e6f, 1e6f - 10], [1, 2]), new Indices(0)).Item();
        Assert.Equal(MathF.Log(1 + MathF.Exp(-10)), loss, 1e-7f);
    }

    [Fact]
    public void CrossEntropyIsTheLogSoftmaxAtTheClass()
    {
        Indices classes = new(Enumerable.Range(0, 33).Select(i => i * 7 % 20).ToArray());
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(new Generator(9).Normal<double>([33, 20]));
        Tensor<double> fused = Loss.CrossEntropy(x, classes, Reduction.None), steps = Loss.NegativeLogLikelihood(x.LogSoftmax(), classes, Reduction.None);
        Close(steps, fused, 1e-14);
        Tensor<double> weights = Tensor.Arange<double>(33);
        Close(tape.Gradient(steps, [x], weights)[0]!, tape.Gradient(fused, [x], weights)[0]!, 1e-13);
    }

    [Fact]
    public void LayerNormIsStableFarFromZero()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6, 5];
        double[] near = Tensor.Create(values).LayerNorm([9]).ToArray(), far = Tensor.Create([.. values.Select(v => v + 1e8)]).LayerNorm([9]).ToArray();
        for (int i = 0; i < near.Length; i++)
        {
            Assert.Equal(near[i], far[i], 6);
        }
    }

    private static void Close(Tensor<double> expected, Tensor<double> actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((double e, double a) in expected.ToArray().Zip(actual.ToArray()))
        {
            Assert.True(Math.Abs(e - a) <= tolerance * (1 + Math.Abs(e)), $"{actual.Shape}: {a:R}, not {e:R}");
        }
    }
}
