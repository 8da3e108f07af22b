using Xunit;

namespace Autodiff.Tests;

/// <summary>What the tape promises.</summary>
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

    [Fact]
    public void EachPathIsCountedOnce()
    {
        // The learners' example: a = 1; b = a + a; c = b + b.
        using var tape = new Tape();
        Tensor<double> a = tape.Watch(Tensor.Scalar(1.0)), b = a + a, c = b + b;
        tape.Backward(c);
        Assert.Equal(4, a.Gradient!.Item());
        Assert.Null(b.Gradient);
    }

    [Fact]
    public void APenaltyOfParametersAloneGetsItsGradient()
    {
        var w = new Parameter<double>(Tensor.Create(1.0, -2), "w");
        using var tape = new Tape();
        Tensor<double> penalty = w.Square().Sum() * 0.5;
        tape.Backward(Tensor.Scalar(3.0) + penalty);
        Assert.Equal([1.0, -2], w.Gradient!.ToArray());
    }

    [Fact]
    public void AParameterItselfCanBeDifferentiated()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        using var tape = new Tape();
        _ = w * 3;
        tape.Backward<double>(w);
        Assert.Equal(1, w.Gradient!.Item());
    }

    [Fact]
    public async Task NothingIsLostOverAwait()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        using var tape = new Tape();
        Tensor<double> y = w * 3;
        await Task.Yield();
        y = await Square(y);
        await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.Same(tape, Tape.Current);
        tape.Backward(y * w);
        Assert.Equal(9 * 3 * 4, w.Gradient!.Item());

        static async Task<Tensor<double>> Square(Tensor<double> x)
        {
            await Task.Yield();
            return x * x;
        }
    }

    [Fact]
    public void NestedTapesEachRecordTheirOwn()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        using var outer = new Tape();
        Tensor<double> before = w * 3;
        using (var inner = new Tape())
        {
            Assert.Same(inner, Tape.Current);
            inner.Backward(w.Square());
            Assert.Equal(4, w.Gradient!.Item());
            Assert.Contains("another tape", Assert.Throws<InvalidOperationException>(() => inner.Backward(before)).Message, StringComparison.Ordinal);
            w.ZeroGradient();
        }
        Assert.Same(outer, Tape.Current);
        outer.Backward(before + w);
        Assert.Equal(4, w.Gradient!.Item());
    }

    [Fact]
    public void AnOuterTapeCanBeWalkedWhileAnInnerOneIsCurrent()
    {
        using var outer = new Tape();
        Tensor<double> x = outer.Watch(Tensor.Scalar(3.0)), y = x * x;
        using var inner = new Tape();
        Assert.Equal(6, outer.Gradient(y, [x], createGraph: true)[0]!.Item());
        Assert.Same(inner, Tape.Current);
        Assert.Equal(0, inner.Count);
    }

    [Fact]
    public void TapesDisposedOutOfOrderLeaveTheRightOneCurrent()
    {
        var first = new Tape();
        var second = new Tape();
        first.Dispose();
        Assert.Same(second, Tape.Current);
        second.Dispose();
        Assert.Null(Tape.Current);
        second.Dispose();
    }

    [Fact]
    public void MixingTapesIsRefused()
    {
        using var outer = new Tape();
        Tensor<double> x = outer.Watch(Tensor.Scalar(2.0));
        using var inner = new Tape();
        string message = Assert.Throws<InvalidOperationException>(() => x.Exp() + 1).Message;
        Assert.Contains("Exp", message, StringComparison.Ordinal);
        Assert.Contains("another tape", message, StringComparison.Ordinal);
        Assert.Contains("Detach()", message, StringComparison.Ordinal);
        Assert.Equal(Math.Exp(2), x.Detach().Exp().Item(), 12);
    }

    [Fact]
    public void WhatTheTapeDidNotRecordIsRefused()
    {
        Tensor<double> outside = Tensor.Scalar(2.0) * 3;
        var unused = new Parameter<double>(Tensor.Scalar(2.0), "unused");
        using var tape = new Tape();
        Assert.Contains("did not record", Assert.Throws<InvalidOperationException>(() => tape.Backward(outside)).Message, StringComparison.Ordinal);
        Assert.Contains("constants only", Assert.Throws<InvalidOperationException>(() => tape.Backward(outside.Exp())).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => tape.Backward<double>(unused));
    }

    [Fact]
    public void ATensorOfManyElementsNeedsAGradientToStartFrom()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(1.0, 2)), y = x.Square();
        Assert.Contains("Sum()", Assert.Throws<InvalidOperationException>(() => tape.Backward(y)).Message, StringComparison.Ordinal);
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => tape.Backward(y, Tensor.Zeros<double>([3]))).Message, StringComparison.Ordinal);
        tape.Backward(y, Tensor.Create(10.0, 100));
        Assert.Equal([20.0, 400], x.Gradient!.ToArray());
    }

    [Fact]
    public void UseAfterDisposalSaysKeep()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        Tensor<double> lost, kept;
        Tape tape;
        using (tape = new Tape())
        {
            lost = w.Exp();
            kept = tape.Keep(w.Square());
        }
        string message = Assert.Throws<ObjectDisposedException>(() => lost.Item()).Message;
        Assert.Contains("Exp", message, StringComparison.Ordinal);
        Assert.Contains("tape.Keep(tensor)", message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => lost + 1);
        Assert.Throws<ObjectDisposedException>(() => tape.Watch(kept));
        Assert.Throws<InvalidOperationException>(() => tape.Backward(kept));
        Assert.Throws<ObjectDisposedException>(() => tape.Backward(lost));
        Assert.Equal(4, kept.Item());
        Assert.False(kept.RequiresGradient);
    }

    [Fact]
    public void IndicesMadeOnATapeDieWithIt()
    {
        Indices lost;
        using (new Tape())
            lost = new Indices(1, 2);
        Assert.Contains("tape", Assert.Throws<ObjectDisposedException>(() => lost.ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoGradientStopsRecordingAndDetachCutsAPath()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        using var tape = new Tape();
        Tensor<double> constant;
        using (Tape.NoGradient())
        using (Tape.NoGradient())
            constant = w * 5;
        Assert.False(constant.RequiresGradient);
        tape.Backward(w * constant + w.Square().Detach() * w);
        Assert.Equal(10 + 4, w.Gradient!.Item());
    }

    [Fact]
    public void ATapeThatDoesNotRecordIsOnlyAScope()
    {
        var w = new Parameter<double>(Tensor.Scalar(2.0), "w");
        using var scope = new Tape(record: false);
        Tensor<double> y = w * 3;
        Assert.False(y.RequiresGradient);
        Assert.Equal(0, scope.Count);
        Assert.Throws<InvalidOperationException>(() => scope.Backward(y));
    }

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
            y += 1;
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
