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
        {
            lost = new Indices(1, 2);
        }

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
        {
            constant = w * 5;
        }

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
}
