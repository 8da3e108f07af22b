using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>The gradient checker is checked: it must pass what is right, and catch and name what is wrong.</summary>
public class ChecksTests
{
    private static readonly Tensor<double> A = Tensor.Create([0.3, -0.7, 1.1, 0.5, 0.9, -0.2], [2, 3]);
    private static readonly Tensor<double> B = Tensor.Create([0.4, 0.8, -0.6, 1.2, 0.1, -0.3], [3, 2]);

    // With it the tensors are made before a test begins, not when one, perhaps within a tape that would own them, first looks at them.
    static ChecksTests()
    {
    }

    [Fact]
    public void FiveLinesAreEnough()
    {
        GradCheckReport report = GradCheck.Run(inputs => inputs[0].MatMul(inputs[1]).Tanh(), [A, B]);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(4 * 12, report.Compared);
        Assert.InRange(report.LargestDifference, 0, 1e-8);
        Assert.Empty(report.Notes);
        Assert.Same(report, report.ThrowIfFailed());
    }

    [Fact]
    public void OneTwoAndThreeInputsNeedNoArray()
    {
        Tensor<double> c = Tensor.Create(0.3, -0.4);
        Assert.True(GradCheck.Run(a => a.Exp(), A).Passed);
        Assert.True(GradCheck.Run((a, b) => a.MatMul(b), A, B).Passed);
        Assert.True(GradCheck.Run((a, b, bias) => a.MatMul(b) + bias, A, B, c).Passed);
        Assert.True(GradGradCheck.Run(a => a.Exp(), A).Passed);
        Assert.True(GradGradCheck.Run((a, b) => a.MatMul(b).Square(), A, B).Passed);
        Assert.True(GradGradCheck.Run((a, b, bias) => (a.MatMul(b) + bias).Tanh(), A, B, c).Passed);
    }

    [Fact]
    public void ParametersAreCheckedInPlaceAndRestored()
    {
        var w = new Parameter<double>(B, "weight");
        var b = new Parameter<double>(Tensor.Create(0.1, 0.2), "bias");
        double[] before = w.ToArray();
        Tensor<double> Loss() => (A.MatMul(w) + b).Sigmoid().Square().Sum();
        Assert.True(GradCheck.Run(Loss, [w, b]).Passed);
        Assert.True(GradGradCheck.Run(Loss, [w, b]).Passed);
        Assert.Equal(before, w.ToArray());
        Assert.Null(w.Gradient);
    }

    [Fact]
    public void ParametersAreRestoredWhenTheFunctionThrows()
    {
        var w = new Parameter<double>(B, "weight");
        double[] before = w.ToArray();
        int calls = 0;
        Assert.Throws<NotSupportedException>(() => GradCheck.Run(() => ++calls == 4 ? throw new NotSupportedException() : w.Sum(), [w]));
        Assert.Equal(before, w.ToArray());
    }

    [Fact]
    public void SeveralOutputsAreCheckedEach()
    {
        GradCheckReport report = GradCheck.Run(x => new[] { x[0].Exp(), x[0].MatMul(x[1]) }, [A, B]);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(6 * 12 + 4 * 12, report.Compared);
        Assert.True(GradGradCheck.Run(x => new[] { x[0].Exp(), x[0].MatMul(x[1]).Square() }, [A, B]).Passed);

        GradCheckFailure failure = GradCheck.Run(x => new[] { x[0].Exp(), Wrong(x[0]) }, [A]).Failures[0];
        Assert.Equal(1, failure.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AWrongDerivativeIsNamed(bool fast)
    {
        GradCheckReport report = GradCheck.Run((a, b) => a.MatMul(Wrong(b)), A, B, new GradCheckOptions { Fast = fast });
        Assert.False(report.Passed);
        GradCheckFailure failure = report.Failures[0];
        Assert.Equal(GradCheckProblem.WrongDerivative, failure.Problem);
        Assert.Equal("input 1", failure.Input);
        Assert.Equal([0, 0], failure.OutputElement);
        Assert.Equal([0, 0], failure.InputElement);
        // d(ab²)/db = 2ab, with the wrong factor 3ab.
        Assert.Equal(2 * 0.3 * 0.4, failure.Numeric, 8);
        Assert.Equal(3 * 0.3 * 0.4, failure.Analytic, 12);
        Assert.Equal(0.3 * 0.4, failure.AbsoluteDifference, 8);
        Assert.Equal(0.5, failure.RelativeDifference, 6);
        Assert.Equal(1e-5 + 1e-3 * 0.24, failure.Tolerance, 10);
        Assert.Contains("output 0[0, 0] with respect to input 1[0, 0]: analytic 0.36, numeric 0.24", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("12 failures", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("... and 2 more", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(report.ToString(), Assert.Throws<GradCheckException>(report.ThrowIfFailed).Message);
    }

    [Fact]
    public void AParameterIsNamed()
    {
        var w = new Parameter<double>(B, "hidden.weight");
        Assert.Equal("input 0 (hidden.weight)", GradCheck.Run(() => Wrong(w).Sum(), [w]).Failures[0].Input);
    }

    [Fact]
    public void AForgottenBroadcastSumIsCaught()
    {
        GradCheckReport report = GradCheck.Run((x, bias) => Record("Shift", x + bias, (x, g => g), (bias, g => g)), A, Tensor.Create(1.0, 2, 3));
        GradCheckFailure failure = Assert.Single(report.Failures, failure => failure.Problem == GradCheckProblem.BackwardThrew && failure.Exception is InvalidOperationException);
        Assert.Contains("Shift", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("input 1 has shape [2, 3]; the input has [3]", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ANondeterministicBackwardPassIsCaught()
    {
        int calls = 0;
        Tensor<double> Noisy(Tensor<double> x) => Record("Noisy", x * 2, (x, g => g * (2 + 1e-9 * (++calls % 2))));
        GradCheckReport report = GradCheck.Run(Noisy, A);
        Assert.Contains(report.Failures, failure => failure.Problem == GradCheckProblem.NondeterministicBackward);
        Assert.True(GradCheck.Run(Noisy, A, new GradCheckOptions { NondeterminismTolerance = 1e-8 }).Passed);
    }

    [Fact]
    public void ANondeterministicFunctionIsCaught()
    {
        var generator = new Generator(1);
        GradCheckReport report = GradCheck.Run(x => x.Dropout(0.5, generator), Tensor.Ones<double>([30]));
        Assert.Contains(report.Failures, failure => failure.Problem == GradCheckProblem.NondeterministicForward);
        Assert.Contains("with the same seed, inside the function", report.ToString(), StringComparison.Ordinal);
        Assert.True(GradCheck.Run(x => x.Dropout(0.5, new Generator(1)), Tensor.Ones<double>([30])).Passed);
    }

    [Fact]
    public void AGradientThatIgnoresTheOutputGradientIsCaught()
    {
        GradCheckReport report = GradCheck.Run(x => Record("Sum", x.Sum(), (x, _ => Tensor.Ones<double>(x.Shape))), A);
        Assert.All(report.Failures, failure => Assert.Equal(GradCheckProblem.NotScaledByOutputGradient, failure.Problem));
        Assert.Contains("does not multiply by its gradient", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingSecondDerivativeIsCaughtByGradGradCheckOnly()
    {
        // The derivative 2x g, with x as a constant: right, but it cannot be differentiated again.
        static Tensor<double> Once(Tensor<double> x) => Record("Once", x * x, (x, g => g * (x.Detach() * 2)));
        Assert.True(GradCheck.Run(Once, A).Passed);
        GradCheckReport report = GradGradCheck.Run(Once, A);
        Assert.Equal("GradGradCheck", report.Check);
        Assert.All(report.Failures, failure => Assert.Equal(GradCheckProblem.Detached, failure.Problem));
        Assert.Equal(6, report.Failures.Count);

        // Nothing recorded at all.
        static Tensor<double> Raw(Tensor<double> x) => Record("Raw", x * x, (x, g => Tensor.Create((g * x * 2).ToArray(), x.Shape)));
        Assert.True(GradCheck.Run(Raw, A).Passed);
        Assert.False(GradGradCheck.Run(Raw, A).Passed);
    }

    [Fact]
    public void ADetachedPathIsCaught()
    {
        GradCheckReport report = GradCheck.Run((a, b) => a.MatMul(b.Detach()), A, B);
        Assert.All(report.Failures, failure => Assert.Equal(("input 1", GradCheckProblem.Detached), (failure.Input, failure.Problem)));
        Assert.NotEmpty(report.Failures);
        Assert.False(GradCheck.Run(a => a * a.Detach(), A).Passed);
        Assert.False(GradCheck.Run(a => a.Detach() * 1e-9, A).Passed);
        GradCheckReport nothing = GradCheck.Run(a => (a > 5).Where(a, 1).Detach(), A);
        Assert.True(nothing.Passed);
        Assert.Contains("no gradient flows from any output", Assert.Single(nothing.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void OutputsWithoutGradientBesideOthersAreNoted()
    {
        GradCheckReport report = GradCheck.Run(x => new[] { x[0].Sum(), x[0].Detach() }, [A]);
        Assert.True(report.Passed, report.ToString());
        Assert.Contains("output 1", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void NaNNeverPasses() => Assert.False(GradCheck.Run(x => x.Log(), Tensor.Create(-1.0)).Passed);

    [Fact]
    public void AChangingShapeIsRefused()
    {
        Tensor<double> Ragged(Tensor<double> x) => x[..(x.Select(0, 0).Item() > 1 ? 2 : 3)];
        Assert.Contains("[3], then [2]", Assert.Throws<InvalidOperationException>(() => GradCheck.Run(Ragged, Tensor.Create(1.0, 2, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BroadcastInputsAreRefused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => GradCheck.Run(x => x.Exp(), Tensor.Create(1.0, 2).BroadcastTo([3, 2])));
        Assert.Contains("input 0, of shape [3, 2], has a broadcast axis (stride 0)", exception.Message, StringComparison.Ordinal);
        Assert.True(GradCheck.Run(x => x.Exp(), Tensor.Create(1.0).BroadcastTo([1, 1])).Passed);
    }

    [Fact]
    public void NoInputAndFrozenParametersAreRefused()
    {
        Assert.Throws<ArgumentException>(() => GradCheck.Run<double>(_ => A, []));
        var frozen = new Parameter<double>(B, "w") { IsFrozen = true };
        Assert.Contains("frozen", Assert.Throws<ArgumentException>(() => GradCheck.Run(() => frozen.Sum(), [frozen])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradCheck.Run(x => x, A, new GradCheckOptions { Epsilon = 0 }));
        Assert.Throws<ArgumentException>(() => GradCheck.Run(x => x, A, new GradCheckOptions { AbsoluteTolerance = -1 }));
    }

    [Fact]
    public void InputsThatShareMemoryArePerturbedOneAtATime()
    {
        Tensor<double> x = Tensor.Create(0.5, 1.5, 2.5);
        Assert.True(GradCheck.Run((a, b) => a * b, x, x).Passed);
        Assert.True(GradCheck.Run((a, b) => a * b, x[..2], x[1..]).Passed);
        Assert.Equal([0.5, 1.5, 2.5], x.ToArray());
    }

    [Fact]
    public void FloatIsAllowedButNoted()
    {
        Tensor<float> x = Tensor.Create(0.5f, 1.5f);
        GradCheckReport report = GradCheck.Run(a => a.Exp(), x, new GradCheckOptions { Epsilon = 1e-2, AbsoluteTolerance = 1e-2, RelativeTolerance = 1e-2 });
        Assert.True(report.Passed, report.ToString());
        Assert.Contains("double", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.False(GradCheck.Run(a => a.Exp(), x).Passed);
    }

    [Fact]
    public void TheFastModeNeedsFewEvaluations()
    {
        int calls = 0;
        Tensor<double> x = new Generator(1).Normal<double>([20, 20]);
        GradCheckReport report = GradCheck.Run(a => { calls++; return a.MatMul(a).Tanh(); }, x * 0.1, new GradCheckOptions { Fast = true });
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(1, report.Compared);
        Assert.InRange(calls, 2, 5);
        Assert.True(GradGradCheck.Run(a => a.MatMul(a).Tanh(), x * 0.1, new GradCheckOptions { Fast = true }).Passed);
    }

    [Fact]
    public void EmptyAndScalarTensorsAreChecked()
    {
        Assert.True(GradCheck.Run(x => x.Exp(), Tensor.Zeros<double>([0, 3])).Passed);
        Assert.True(GradCheck.Run(x => x.Exp(), Tensor.Scalar(0.5)).Passed);
        Assert.True(GradCheck.Run(x => x.Exp(), Tensor.Zeros<double>([0, 3]), new GradCheckOptions { Fast = true }).Passed);
    }

    [Fact]
    public void ARunningTapeIsLeftAlone()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(A);
        Tensor<double> loss = x.Exp().Sum();
        Assert.True(GradCheck.Run(a => a.Exp(), x).Passed);
        Assert.Same(tape, Tape.Current);
        tape.Backward(loss);
        Assert.Equal(x.Exp().ToArray(), x.Gradient!.ToArray());
    }

    private static Tensor<double> Wrong(Tensor<double> x) => Record("Wrong", x * x, (x, g => g * x * 3));

    private static Tensor<double> Record(string name, Tensor<double> value, params (Tensor<double> Input, Func<Tensor<double>, Tensor<double>> Vjp)[] inputs) =>
        Tape.Record(name, value.View, Array.ConvertAll(inputs, input => new Input<double>(input.Input, (gradient, _) => input.Vjp(gradient))));
}
