using Xunit;

namespace Autodiff.Tests;

/// <summary>Hooks on gradients.</summary>
public class TapeHookTests
{
    [Fact]
    public void AHookSeesAndReplacesTheGradient()
    {
        var w = new Parameter<double>(Tensor.Create(1.0, 2), "w");
        using var tape = new Tape();
        Tensor<double> middle = w * 3;
        double[]? seen = null;
        middle.RegisterHook(gradient =>
        {
            seen = gradient.ToArray();
            return gradient * 10;
        });
        tape.Backward(middle.Square().Sum());
        Assert.Equal([6.0, 12], seen!);
        Assert.Equal([180.0, 360], w.Gradient!.ToArray());
    }

    [Fact]
    public void HooksRunInOrderUntilTheyAreRemoved()
    {
        var w = new Parameter<double>(Tensor.Scalar(1.0), "w");
        List<string> calls = [];
        IDisposable first = w.RegisterHook(gradient =>
        {
            calls.Add("first");
            return gradient + 1;
        });
        w.RegisterHook(gradient =>
        {
            calls.Add($"second {gradient.Item()}");
            return null;
        });
        Backward();
        Assert.Equal(3, w.Gradient!.Item());
        first.Dispose();
        first.Dispose();
        Backward();
        Assert.Equal(["first", "second 3", "second 2"], calls);

        void Backward()
        {
            w.ZeroGradient();
            using var tape = new Tape();
            tape.Backward(w * 2);
        }
    }

    [Fact]
    public void AHookMayRemoveItself()
    {
        var w = new Parameter<double>(Tensor.Scalar(1.0), "w");
        int once = 0, always = 0;
        IDisposable registration = null!;
        registration = w.RegisterHook(_ =>
        {
            once++;
            registration.Dispose();
            return null;
        });
        w.RegisterHook(_ =>
        {
            always++;
            return null;
        });
        for (int i = 0; i < 2; i++)
        {
            using var tape = new Tape();
            tape.Backward(w * 2);
        }
        Assert.Equal((1, 2), (once, always));
    }

    [Fact]
    public void AWrongShapeIsRefused()
    {
        var w = new Parameter<double>(Tensor.Create(1.0, 2), "w");
        w.RegisterHook(gradient => gradient.Sum());
        using var tape = new Tape();
        string message = Assert.Throws<InvalidOperationException>(() => tape.Backward((w * 2).Sum())).Message;
        Assert.Contains("parameter 'w'", message, StringComparison.Ordinal);
        Assert.Contains("[2]", message, StringComparison.Ordinal);
        Assert.Null(w.Gradient);
    }

    [Fact]
    public void AConstantTakesNoHook() =>
        Assert.Contains("tape.Watch", Assert.Throws<InvalidOperationException>(() => Tensor.Scalar(1.0).RegisterHook(_ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void AHookMustNotStartAnotherWalk()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(1.0)), y = x * 2, z = y * 3;
        y.RegisterHook(_ =>
        {
            tape.Backward(y);
            return null;
        });
        Assert.Contains("being walked", Assert.Throws<InvalidOperationException>(() => tape.Backward(z)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHookMayKeepTheGradient()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Create(1.0, 2)), y = x.Exp();
        Tensor<double>? kept = null;
        y.RegisterHook(gradient =>
        {
            kept = tape.Keep(gradient);
            return null;
        });
        tape.Backward((y * 5).Sum());
        for (int i = 0; i < 10; i++)
        {
            _ = x * i;
        }

        Assert.Equal([5.0, 5], kept!.ToArray());
    }
}
