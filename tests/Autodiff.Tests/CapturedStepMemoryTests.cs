using System.Runtime.CompilerServices;
using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What captured steps do with memory, and with each other.</summary>
[Collection(DeviceMemoryCollection.Name)]
public class CapturedStepMemoryTests
{
    public static TheoryData<string> Devices => [.. TestDevices.Names];

    [Theory]
    [MemberData(nameof(Devices))]
    public void ReplaysTakeNoMemoryAndDisposalReturnsAll(string deviceName)
    {
        Device device = TestDevices.Own(deviceName);
        var model = new Model(device, 1);
        Tensor<float> x = Tensor.Ones<float>([6, 5], device), y = Tensor.Zeros<float>([6, 1], device);
        model.Eager(x, y);
        model.Optimizer.ZeroGradient();
        Settle();
        long before = device.Memory.InUse;
        CapturedStep<float> step = model.Capture(x, y);
        step.Run(x, y);
        MemoryStatistics captured = device.Memory;
        for (int i = 0; i < 20; i++)
        {
            step.Run(x, y);
        }

        Assert.Equal(captured, device.Memory);
        step.Dispose();
        Settle();
        Assert.Equal(before, device.Memory.InUse);
        GC.KeepAlive((x, y));
    }

    [Fact]
    public void ReplaysMakeNoGarbage()
    {
        Device device = TestDevices.Own("cpu");
        var model = new Model(device, 1);
        Tensor<float> x = Tensor.Ones<float>([6, 5], device), y = Tensor.Zeros<float>([6, 1], device);
        float[] hostX = new float[30], hostY = new float[6];
        using CapturedStep<float> step = model.Capture(x, y);
        for (int i = 0; i < 5; i++)
        {
            step.Run(x, y);
            step.Run(hostX, hostY).Item();
        }

        long managed = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            step.Run(x, y);
            step.Run(hostX, hostY).Item();
        }

        Assert.Equal(managed, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AFailedCaptureReturnsAll()
    {
        Device device = TestDevices.Own("cpu");
        var model = new Model(device, 1);
        Tensor<float> x = Tensor.Ones<float>([6, 5], device), y = Tensor.Zeros<float>([6, 1], device);
        model.Eager(x, y);
        model.Optimizer.ZeroGradient();
        Settle();
        long before = device.Memory.InUse;
        Assert.Throws<InvalidOperationException>(() => Step.Capture(x, y, (tape, a, b) =>
        {
            model.StepOn(tape, a, b);
            return Tensor.Scalar(model.StepOn(tape, a, b).Item(), device);
        }));
        model.Optimizer.ZeroGradient();
        Settle();
        Assert.Equal(before, device.Memory.InUse);
        GC.KeepAlive((x, y));
    }

    [Fact]
    public void AForgottenStepIsCollected()
    {
        Device device = TestDevices.Own("cpu");
        var model = new Model(device, 1);
        Tensor<float> x = Tensor.Ones<float>([6, 5], device), y = Tensor.Zeros<float>([6, 1], device);
        model.Eager(x, y);
        model.Optimizer.ZeroGradient();
        Settle();
        long before = device.Memory.InUse;
        Forget();
        model.Optimizer.ZeroGradient();
        Settle();
        Assert.Equal(before, device.Memory.InUse);
        GC.KeepAlive((x, y));

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Forget() => model.Capture(x, y).Run();
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void SeveralStepsAndOrdinaryOnesTakeTurns(string deviceName)
    {
        Device device = TestDevices.Find(deviceName);
        Tensor<float>[] x = [.. Enumerable.Range(2, 3).Select(rows => new Generator((ulong)rows).Normal<float>([rows, 5], device))];
        Tensor<float>[] y = [.. x.Select(one => one.Sum([1], keepAxes: true))];
        Model eager = new(device, 1), mixed = new(device, 1);
        CapturedStep<float>?[] steps = new CapturedStep<float>?[2];
        for (int i = 0; i < 24; i++)
        {
            // Batches of two sizes have a captured step each; those of the third are trained in the ordinary way.
            int which = i % 3;
            float expected = eager.Eager(x[which], y[which]);
            float actual = which == 2 ? mixed.Eager(x[2], y[2])
                : steps[which] is { } step ? step.Run(x[which], y[which]).Item()
                : (steps[which] = mixed.Capture(x[which], y[which])).Result.Item();
            Assert.Equal(expected, actual);
            foreach ((Parameter<float> one, Parameter<float> other) in eager.Network.Parameters.Zip(mixed.Network.Parameters))
            {
                Assert.Equal(one.ToArray(), other.ToArray());
                Assert.Equal(one.Gradient!.ToArray(), other.Gradient!.ToArray());
            }
        }

        steps[0]!.Dispose();
        Assert.Equal(eager.Eager(x[1], y[1]), steps[1]!.Run(x[1], y[1]).Item());
        steps[1]!.Dispose();
        Assert.Equal(eager.Eager(x[1], y[1]), mixed.Eager(x[1], y[1]));
    }

    [Fact]
    public void GradientsThatAddUpOverRunsDoSo()
    {
        var weight = new Parameter<float>(Tensor.Ones<float>([3], Device.Cpu), "w");
        weight.SetGradient(Tensor.Zeros<float>([3], Device.Cpu));
        using CapturedStep<float> step = Step.Capture(Tensor.Ones<float>([3], Device.Cpu), (tape, x) =>
        {
            Tensor<float> loss = (x * weight).Sum();
            tape.Backward(loss);
            return loss;
        });
        step.Run(new float[] { 1, 2, 3 });
        step.Run(new float[] { 10, 20, 30 });
        Assert.Equal([12, 23, 34], weight.Gradient!.ToArray());
    }

    [Fact]
    public void StepsOfTwoThreadsDoNotMeet()
    {
        float[][] losses = new float[2][];
        Parallel.For(0, 2, number =>
        {
            var model = new Model(Device.Cpu, 1);
            Tensor<float> x = new Generator(9).Normal<float>([4, 5], Device.Cpu), y = Tensor.Zeros<float>([4, 1], Device.Cpu);
            using CapturedStep<float> step = model.Capture(x, y);
            losses[number] = [.. Enumerable.Range(0, 200).Select(_ => step.Run().Item())];
        });
        Assert.Equal(losses[0], losses[1]);
    }

    private static void Settle()
    {
        for (int i = 0; i < 4; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private sealed class Model
    {
        public Model(Device device, ulong seed)
        {
            var generator = new Generator(seed);
            Network = [new Linear<float>(5, 7, generator, device: device), new Relu<float>(), new Dropout<float>(0.2, generator), new Linear<float>(7, 1, generator, device: device)];
            Optimizer = new Adam<float>(Network.Parameters, 0.01);
        }

        public Sequential<float> Network { get; }

        public Adam<float> Optimizer { get; }

        public Tensor<float> StepOn(Tape tape, Tensor<float> x, Tensor<float> y)
        {
            Optimizer.ZeroGradient();
            Tensor<float> loss = Loss.MeanSquaredError(Network.Forward(x), y);
            tape.Backward(loss);
            Optimizer.Step();
            return loss;
        }

        public float Eager(Tensor<float> x, Tensor<float> y)
        {
            using var tape = new Tape();
            return StepOn(tape, x, y).Item();
        }

        public CapturedStep<float> Capture(Tensor<float> x, Tensor<float> y) => Step.Capture(x, y, StepOn);
    }
}
