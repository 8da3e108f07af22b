using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What a captured step cannot repeat is refused, with what to do.</summary>
public class CapturedStepRefusalTests
{
    private readonly Sequential<float> _network = [new Linear<float>(3, 4, new Generator(1), device: Device.Cpu), new Relu<float>(), new Linear<float>(4, 1, new Generator(2), device: Device.Cpu)];
    private readonly Adam<float> _optimizer;
    private readonly Tensor<float> _x = Tensor.Ones<float>([5, 3], Device.Cpu), _y = Tensor.Zeros<float>([5, 1], Device.Cpu);

    public CapturedStepRefusalTests() => _optimizer = new Adam<float>(_network.Parameters, 0.01);

    [Fact]
    public void ReadingBack()
    {
        Assert.Contains("reads 1 element back", FailingCapture(_ => { }, loss => loss.Item()));
        Assert.Contains("reads 1 element back", FailingCapture(_ => { }, loss => loss.ToArray()));
        Assert.Contains("reads 12 elements back", FailingCapture(_ => { }, _ => _network.Parameters[0].ToArray()));
    }

    [Fact]
    public void DataFromTheHost() =>
        Assert.Contains("copies 2 elements from the host", FailingCapture(_ => Tensor.Create([1f, 2f], [2], Device.Cpu), _ => { }));

    [Fact]
    public void ParametersMadeWithin() => Assert.Contains("'late' would be a new parameter", FailingCapture(tape => tape.Watch(new Parameter<float>(_x, "late")), _ => { }));

    [Fact]
    public void ACaptureWithinACapture() => Assert.Contains("cannot contain another one", FailingCapture(_ => Capture(), _ => { }));

    [Fact]
    public void ARunWithinACapture()
    {
        using CapturedStep<float> step = Capture();
        Assert.Contains("cannot become part of another one", FailingCapture(_ => step.Run(), _ => { }));
        step.Run();
    }

    [Fact]
    public void SchedulesThatLookAtValues() =>
        Assert.Contains("Every replay would see the value 3", FailingCapture(_ => new ReduceOnPlateau(_optimizer).Step(3), _ => { }));

    [Fact]
    public void GradientsThatWouldAddUp()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Step.Capture(_x, _y, (tape, x, y) =>
        {
            Tensor<float> loss = Loss.MeanSquaredError(_network.Forward(x), y);
            tape.Backward(loss);
            _optimizer.Step();
            return loss;
        })).Message;
        Assert.Contains("found it with none", message);
        Assert.Contains("ZeroGradient", message);
    }

    [Fact]
    public void AnotherThreadOnTheTape()
    {
        Exception? seen = null;
        Assert.Contains("on purpose", Assert.Throws<NotSupportedException>(() => Step.Capture<float>(_ =>
        {
            // A task flows with the tape of its maker.
            Task.Run(() => seen = Record.Exception(() => _x + _y)).Wait(TestContext.Current.CancellationToken);
            throw new NotSupportedException("on purpose");
        })).Message);
        Assert.Contains("is capturing a step on this tape", Assert.IsType<InvalidOperationException>(seen).Message);
    }

    [Fact]
    public void AnExceptionLeavesNothingBehind()
    {
        Assert.Throws<NotSupportedException>(() => Capture(_ => throw new NotSupportedException("on purpose")));
        Assert.Null(Tape.Current);
        float before = _network.Parameters[0].ToArray()[0];
        using CapturedStep<float> step = Capture();
        Assert.NotEqual(before, _network.Parameters[0].ToArray()[0]);
        Assert.Equal(1, _optimizer.StateOf(_network.Parameters[0])!.Step);
        using var tape = new Tape();
        tape.Backward(Loss.MeanSquaredError(_network.Forward(_x), _y));
    }

    [Fact]
    public void InputsThatDoNotFit()
    {
        using CapturedStep<float> step = Capture();
        float[] before = _network.Parameters[0].ToArray();
        Assert.Contains("input 0 has shape [4, 3]; the step was captured with [5, 3]", Assert.Throws<ArgumentException>(() => step.Run(Tensor.Ones<float>([4, 3], Device.Cpu), _y)).Message);
        Assert.Contains("14 elements were given for input 0", Assert.Throws<ArgumentException>(() => step.Run(new float[14], new float[5])).Message);
        Assert.Contains("4 elements were given for input 1", Assert.Throws<ArgumentException>(() => step.Run(new float[15], new float[4])).Message);
        Assert.Contains("2 inputs; 1 were given", Assert.Throws<ArgumentException>(() => step.Run(_x)).Message);
        Assert.Contains("2 inputs; 3 were given", Assert.Throws<ArgumentException>(() => step.Run(_x, _y, _y)).Message);
        Assert.Contains("indices were given for input 1", Assert.Throws<ArgumentException>(() => step.Run(_x, new int[5])).Message);
        Device emulator = TestDevices.Find("emulator");
        Assert.Contains($"is on {emulator.Name}", Assert.Throws<ArgumentException>(() => step.Run(Tensor.Ones<float>([5, 3], emulator), _y)).Message);
        Assert.Throws<ArgumentNullException>(() => step.Run((float[])null!, _y));
        Assert.Equal(before, _network.Parameters[0].ToArray());
    }

    [Fact]
    public void IndicesThatLeaveTheirAxis()
    {
        var layer = new Linear<float>(3, 4, new Generator(1), device: Device.Cpu);
        using CapturedStep<float> step = Step.Capture(
            _x, new Indices([0, 1, 2, 3, 0], [5], Device.Cpu), (tape, x, classes) => Loss.CrossEntropy(layer.Forward(x), classes));
        Assert.Contains("has the index 4; the step uses it in CrossEntropy along axis 1 of [5, 4], which takes 0 to 3",
            Assert.Throws<ArgumentException>(() => step.Run(_x, new[] { 0, 4, 0, 0, 0 })).Message);
        Assert.Contains("has the index -1", Assert.Throws<ArgumentException>(() => step.Run(_x, new Indices([0, -1, 0, 0, 0], [5], Device.Cpu))).Message);
        Assert.Contains("Singles were given for input 1", Assert.Throws<ArgumentException>(() => step.Run(_x, _y)).Message);
        step.Run(_x, new[] { 3, 3, 3, 3, 3 });
    }

    [Fact]
    public void AFrozenParameter()
    {
        using CapturedStep<float> step = Capture();
        Parameter<float> weight = _network.Parameters[2];
        weight.IsFrozen = true;
        Assert.Contains("parameter '2.weight' was not frozen when the step was captured and is frozen now", FailingRun(step));
        weight.IsFrozen = false;
        step.Run();
    }

    [Fact]
    public void AnotherGroup()
    {
        using CapturedStep<float> step = Capture();
        _optimizer.AddGroup(new ParameterGroup<float>([new Parameter<float>(_x)]));
        Assert.Contains("the step of Adam had 1 parameter groups when the step was captured and has 2 now", FailingRun(step));
    }

    [Fact]
    public void AnotherState()
    {
        using CapturedStep<float> step = Capture();
        var file = new SafeTensors();
        _optimizer.Store(file);
        _optimizer.Restore(file);
        Assert.Contains("was replaced after the step was captured, as by Load", FailingRun(step));
    }

    [Fact]
    public void OtherParameterValuesAreFine()
    {
        using CapturedStep<float> step = Capture();
        foreach (Parameter<float> parameter in _network.Parameters)
        {
            parameter.Assign(Tensor.Zeros<float>(parameter.Shape, Device.Cpu));
        }

        Assert.Equal(0, step.Run().Item());
    }

    [Fact]
    public void ATensorThatLostItsMemory()
    {
        CapturedStep<float> step;
        using (var outer = new Tape())
        {
            Tensor<float> scale = _x * 2;
            step = Step.Capture(_x, (tape, x) => x * scale);
            step.Run();
        }

        using (step)
        {
            Assert.Contains("works on a tensor of 15 elements that was made before the capture and has since lost its memory", FailingRun(step));
        }
    }

    [Fact]
    public void AnOptimizerWhoseStepsDiffer()
    {
        var optimizer = new Alternating(_network.Parameters);
        using CapturedStep<float> step = Step.Capture(_x, _y, (tape, x, y) =>
        {
            optimizer.ZeroGradient();
            Tensor<float> loss = Loss.MeanSquaredError(_network.Forward(x), y);
            tape.Backward(loss);
            optimizer.Step();
            return loss;
        });
        Assert.Contains("the step of Alternating has changed", FailingRun(step));
    }

    [Fact]
    public void UseAfterDisposal()
    {
        CapturedStep<float> step = Capture();
        Tensor<float> loss = step.Result;
        step.Dispose();
        step.Dispose();
        Assert.Throws<ObjectDisposedException>(() => step.Run());
        Assert.Throws<ObjectDisposedException>(() => step.Run(_x, _y));
        Assert.Contains("captured step", Assert.Throws<ObjectDisposedException>(() => loss.Item()).Message);
        Assert.All(_network.Parameters, parameter => Assert.Null(parameter.Gradient));
    }

    [Fact]
    public void ANullResult() =>
        Assert.Contains("returned null", Assert.Throws<InvalidOperationException>(() => Step.Capture<float>(_ => null!)).Message);

    private CapturedStep<float> Capture(Action<Tape>? before = null, Action<Tensor<float>>? after = null) => Step.Capture(_x, _y, (tape, x, y) =>
    {
        _optimizer.ZeroGradient();
        before?.Invoke(tape);
        Tensor<float> loss = Loss.MeanSquaredError(_network.Forward(x), y);
        tape.Backward(loss);
        _optimizer.Step();
        after?.Invoke(loss);
        return loss;
    });

    private string FailingCapture(Action<Tape> before, Action<Tensor<float>> after)
    {
        string message = Assert.Throws<InvalidOperationException>(() => Capture(before, after)).Message;
        // Nothing is left of the attempt.
        Capture().Dispose();
        return message;
    }

    private static string FailingRun(CapturedStep<float> step) => Assert.Throws<InvalidOperationException>(() => step.Run()).Message;

    /// <summary>Makes one kernel call in the first step and two in the second.</summary>
    private sealed class Alternating(IEnumerable<Parameter<float>> parameters) : Optimizer<float>([new ParameterGroup<float>(parameters)], 0.1, 0)
    {
        protected override void Update(ParameterGroup<float> group, ReadOnlySpan<ParameterState<float>> active)
        {
            View<float> view = active[0].Parameter.View;
            for (int i = 0; i < active[0].Step; i++)
            {
                view.Device.Map(view, view, new Kernels.Elementwise.Affine<float>(0.9f, 0));
            }
        }
    }
}
