using System.Runtime.CompilerServices;
using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What the tape does with memory, on a device of its own.</summary>
public class TapeMemoryTests
{
    private readonly Device _device = TestDevices.Own("cpu");

    [Fact]
    public void AnInnerLoopAllocatesNothingOnTheDeviceAfterTheFirstStep()
    {
        var w = new Parameter<float>(Tensor.Ones<float>([50, 20], _device), "w");
        Tensor<float> x = Tensor.Ones<float>([10, 50], _device), t = Tensor.Zeros<float>([10, 20], _device);
        long Step()
        {
            using var tape = new Tape();
            tape.Backward(Loss.MeanSquaredError(x.MatMul(w).Sigmoid().Relu() * 2, t));
            w.ZeroGradient();
            return _device.Memory.Allocations;
        }

        Step();
        long after = Step();
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(after, Step());
        }
    }

    [Fact]
    public void AfterDisposalThePoolHoldsWhatItHeldBefore()
    {
        var w = new Parameter<double>(Tensor.Ones<double>([7, 5], _device), "w");
        Tensor<double> x = Tensor.Ones<double>([3, 7], _device);
        Settle();
        long before = _device.Memory.InUse;
        using (var tape = new Tape())
        {
            Tensor<double> hidden = x.MatMul(w).Softmax().RetainGradient();
            tape.Backward((hidden.LogSoftmax() * hidden).Sum() + w.Square().Variance(), createGraph: false);
            tape.Gradient(tape.Gradient(hidden.Square().Sum(), [w], createGraph: true)[0]!.Square().Sum(), [w]);
            w.ZeroGradient();
        }
        Assert.Equal(before, _device.Memory.InUse);
        GC.KeepAlive(x);
    }

    [Fact]
    public void AFailingBackwardPassLosesNoMemory()
    {
        var w = new Parameter<double>(Tensor.Ones<double>([50], _device), "w");
        Settle();
        long before = _device.Memory.InUse;
        using (var tape = new Tape())
        {
            Tensor<double> early = w * 2;
            early.RegisterHook(_ => throw new NotSupportedException("on purpose"));
            Tensor<double> late = early.Exp(), loss = (late * late + early + w).Sum();
            Assert.Throws<NotSupportedException>(() => tape.Backward(loss));
        }
        Assert.Null(w.Gradient);
        Assert.Equal(before, _device.Memory.InUse);
    }

    [Fact]
    public void ForgottenTapesAreCollected()
    {
        var w = new Parameter<double>(Tensor.Ones<double>([100_000], _device), "w");
        Settle();
        long before = _device.Memory.InUse;
        for (int i = 0; i < 20; i++)
        {
            Forget(w);
        }

        w.ZeroGradient();
        Settle();
        // The last one may still be in a register or on the stack.
        Assert.InRange(_device.Memory.InUse, before, before + 4 * 800_000);
        Assert.Null(Tape.Current);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(Parameter<double> w)
        {
            var tape = new Tape();
            tape.Backward(w.Exp().Square().Sum());
        }
    }

    [Fact]
    public void ConstantsOfAForgottenTapeStayReadable()
    {
        Tensor<double> constant = Forget();
        Settle();
        _ = Tensor.Full<double>([1000], 3, _device);
        Assert.All(constant.ToArray(), value => Assert.Equal(7, value));

        [MethodImpl(MethodImplOptions.NoInlining)]
        Tensor<double> Forget()
        {
            _ = new Tape();
            return Tensor.Full<double>([1000], 7, _device);
        }
    }

    private static void Settle()
    {
        for (int i = 0; i < 4; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
