using Xunit;

namespace Autodiff.Tests;

/// <summary>What a walk back over the tape gives, to whom, and what it refuses.</summary>
public class TapeGradientTests
{
    [Fact]
    public void FrozenParametersGetNoGradient()
    {
        var frozen = new Parameter<double>(Tensor.Scalar(2.0), "frozen") { IsFrozen = true };
        var free = new Parameter<double>(Tensor.Scalar(3.0), "free");
        using var tape = new Tape();
        tape.Backward(frozen * free);
        Assert.Null(frozen.Gradient);
        Assert.Equal(2, free.Gradient!.Item());
    }

    [Fact]
    public void GradientsAddUpUntilTheyAreZeroed()
    {
        var w = new Parameter<double>(Tensor.Create(1.0, 2), "w");
        for (int pass = 1; pass <= 2; pass++)
        {
            using var tape = new Tape();
            tape.Backward((w * 3).Sum());
            Assert.Equal([3.0 * pass, 3 * pass], w.Gradient!.ToArray());
        }
        using (var tape = new Tape())
        {
            Tensor<double> loss = (w * w).Sum();
            tape.Backward(loss);
            tape.Backward(loss);
        }
        Assert.Equal([6 + 4.0, 6 + 8], w.Gradient!.ToArray());
        w.ZeroGradient();
        Assert.Null(w.Gradient);
        w.ZeroGradient();
    }

    [Fact]
    public void TwoParametersNeverShareTheMemoryOfTheirGradients()
    {
        var a = new Parameter<double>(Tensor.Create(1.0, 2), "a");
        var b = new Parameter<double>(Tensor.Create(1.0, 2), "b");
        using var tape = new Tape();
        tape.Backward((a + b).Sum());
        a.ZeroGradient();
        _ = Tensor.Full<double>([2], 99);
        Assert.Equal([1.0, 1], b.Gradient!.ToArray());
    }

    [Fact]
    public void GradientLeavesEveryGradientPropertyAlone()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(3.0)), middle = (w * x).RetainGradient(), other = tape.Watch(Tensor.Scalar(1.0));
        Tensor<double>?[] gradients = tape.Gradient(middle * middle, [w, x, middle, other, w]);
        Assert.Equal([36.0, 24, 12, double.NaN, 36], gradients.Select(gradient => gradient?.Item() ?? double.NaN));
        Assert.Null(w.Gradient);
        Assert.Null(x.Gradient);
        Assert.Null(middle.Gradient);
    }

    [Fact]
    public void IntermediateGradientsAreRetainedOnRequest()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(1.0, 2)), middle = x * 3;
        Assert.Same(middle, middle.RetainGradient());
        tape.Backward(middle.Square().Sum());
        Assert.Equal([6.0, 12], middle.Gradient!.ToArray());
        Assert.Equal([18.0, 36], x.Gradient!.ToArray());
        Assert.Throws<InvalidOperationException>(() => Tensor.Scalar(1.0).RetainGradient());
    }

    [Fact]
    public void ALongChainDoesNotOverflowTheStack()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(1.0)), y = x;
        for (int i = 0; i < 200_000; i++)
        {
            y += 1;
        }

        tape.Backward(y);
        Assert.Equal(1, x.Gradient!.Item());
        Assert.Equal(200_001, tape.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AParameterChangedBetweenForwardAndBackwardIsRefused(bool frozen)
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "layer.weight") { IsFrozen = frozen };
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(3.0)), loss = x * w;
        w.Assign(Tensor.Scalar(5.0));
        foreach (Action backward in new Action[] { () => tape.Backward(loss), () => tape.Gradient(loss, [x]) })
        {
            string message = Assert.Throws<InvalidOperationException>(backward).Message;
            Assert.Contains("Multiply", message, StringComparison.Ordinal);
            Assert.Contains("parameter 'layer.weight'", message, StringComparison.Ordinal);
            Assert.Contains("optimizer.Step()", message, StringComparison.Ordinal);
        }
        // A new forward pass sees the new value.
        Assert.Equal(5, tape.Gradient(x * w, [x])[0]!.Item());
    }

    [Fact]
    public void AChangeThroughAnAliasIsRefusedToo()
    {
        var w = new Parameter<double>(Tensor.Create([1.0, 2], [1, 2]), "w");
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create([3.0, 4], [1, 2])), loss = x.MatMul(w.Detach().Transpose());
        w.Assign(Tensor.Create([5.0, 6], [1, 2]));
        Assert.Contains("changed in place", Assert.Throws<InvalidOperationException>(() => tape.Backward(loss)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGradientPenaltyMatchesFiniteDifferences()
    {
        var w = new Parameter<double>(Tensor.Create([0.3, -0.5, 0.8, 0.2, -0.7, 0.4], [3, 2]), "w");
        Tensor<double> input = Tensor.Create([0.5, -1.0, 0.25, 1.5, 0.75, -0.5], [2, 3]);
        // (‖dy/dx‖² - 1)²: the loss holds a derivative, and is itself differentiated.
        Tensor<double> Penalty()
        {
            Tape tape = Tape.Current!;
            Tensor<double> x = tape.Watch(input);
            Tensor<double> slope = tape.Gradient(x.MatMul(w).Tanh().Sum(), [x], createGraph: true)[0]!;
            return (slope.Square().Sum() - 1).Square();
        }
        GradCheckReport report = GradCheck.Run(Penalty, [w], new GradCheckOptions { AbsoluteTolerance = 1e-8, RelativeTolerance = 1e-7 });
        Assert.True(report.Passed, report.ToString());
        Assert.InRange(report.LargestDifference, 0, 1e-8);

        using var tape = new Tape();
        tape.Backward(Penalty(), createGraph: true);
        Assert.True(w.Gradient!.RequiresGradient);
    }

    [Fact]
    public void AFailingDerivativeLeavesParametersUntouchedAndTheTapeUsable()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        var v = new Parameter<double>(Tensor.Scalar(3.0), "v");
        using var tape = new Tape();
        Tensor<double> good = w * v;
        Tensor<double> bad = Tape.Record("Bad", good.View, new Input<double>(good, (_, _) => throw new NotSupportedException("no derivative")));
        Assert.Throws<NotSupportedException>(() => tape.Backward(bad + v * 7 + w));
        Assert.Null(w.Gradient);
        Assert.Null(v.Gradient);
        tape.Backward(good + v);
        Assert.Equal(3, w.Gradient!.Item());
        Assert.Equal(3, v.Gradient!.Item());
    }

    [Fact]
    public void AShapeThatIsNotTheInputsIsRefused()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(1.0, 2));
        Tensor<double> y = Tape.Record("Mine", (x.Detach() * 2).View, new Input<double>(x, (gradient, _) => gradient.Sum()));
        string message = Assert.Throws<InvalidOperationException>(() => tape.Backward(y.Sum())).Message;
        Assert.Contains("Mine", message, StringComparison.Ordinal);
        Assert.Contains("[2]", message, StringComparison.Ordinal);
    }
}
