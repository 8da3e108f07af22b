using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>What captured steps make of several calls on a GPU: there must be fewer of them, and the numbers those of ordinary steps.</summary>
public class CapturedFusionTests
{
    private const int Batch = 6, Features = 10, LargeUnits = 1700, Steps = 8;

    public static TheoryData<string> Devices => [.. TestDevices.Names];

    /// <summary>The first weight has more than 16,384 elements, the other parameters few.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void LossAndLargeWeightsTakeOneCallEach(string deviceName)
    {
        Device device = TestDevices.Find(deviceName);
        int expected = Calls(Device.Cpu, Features, LargeUnits) - (device.Kind == DeviceKind.Cpu ? 0 : 2);
        Assert.Equal(expected, Calls(device, Features, LargeUnits));
        Assert.Equal(Calls(Device.Cpu, Features, 8) - (device.Kind == DeviceKind.Cpu ? 0 : 1), Calls(device, Features, 8));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void LargeWeightsHaveTheNumbersOfOrdinarySteps(string deviceName)
    {
        Device device = TestDevices.Find(deviceName);
        foreach (bool clips in (bool[])[false, true])
        {
            Assert.Equal(Train(device, clips, captured: false), Train(device, clips, captured: true), (a, b) => Math.Abs(a - b) <= 1e-5);
        }
    }

    /// <summary>The gradient of each factor is a product with the other one, which the same Adam step changes.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void ProductsOfWhatTheStepChangesStayBeforeIt(string deviceName)
    {
        Device device = TestDevices.Find(deviceName);
        double[] expected = TrainFactors(device, captured: false), actual = TrainFactors(device, captured: true);
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-9);
    }

    private static int Calls(Device device, int features, int units)
    {
        (Sequential<float> network, Tensor<float> x, Tensor<float> y) = Workload(device, features, units);
        var optimizer = new Adam<float>(network.Parameters, 0.01);
        using CapturedStep<float> step = Step.Capture(tape => MakeStep(tape, network, optimizer, x, y, clips: false));
        return step.KernelCalls;
    }

    private static float[] Train(Device device, bool clips, bool captured)
    {
        (Sequential<float> network, Tensor<float> x, Tensor<float> y) = Workload(device, Features, LargeUnits);
        var optimizer = new Adam<float>(network.Parameters, 0.01, weightDecay: 0.1);
        if (captured)
        {
            using CapturedStep<float> step = Step.Capture(tape => MakeStep(tape, network, optimizer, x, y, clips));
            for (int i = 1; i < Steps; i++)
            {
                step.Run();
            }

            return Numbers(network);
        }

        for (int i = 0; i < Steps; i++)
        {
            using var tape = new Tape();
            MakeStep(tape, network, optimizer, x, y, clips);
        }

        return Numbers(network);
    }

    // Gradients are there after a step, fused or not.
    private static float[] Numbers(Sequential<float> network) =>
        [.. network.Parameters.SelectMany(parameter => parameter.ToArray()), .. network.Parameters.SelectMany(parameter => parameter.Gradient!.ToArray())];

    private static (Sequential<float> Network, Tensor<float> X, Tensor<float> Y) Workload(Device device, int features, int units)
    {
        var generator = new Generator(11);
        Sequential<float> network = [new Linear<float>(features, units, generator, device: device), new Relu<float>(), new Linear<float>(units, 1, generator, device: device)];
        return (network, generator.Normal<float>([Batch, features], device), generator.Normal<float>([Batch, 1], device));
    }

    private static Tensor<float> MakeStep(Tape tape, Sequential<float> network, Adam<float> optimizer, Tensor<float> x, Tensor<float> y, bool clips)
    {
        Tensor<float> loss = Loss.MeanSquaredError(network.Forward(x), y);
        optimizer.ZeroGradient();
        tape.Backward(loss);
        if (clips)
        {
            Clip.ByValue(network.Parameters, 0.01);
        }

        optimizer.Step();
        return loss;
    }

    private static double[] TrainFactors(Device device, bool captured)
    {
        const int Size = 130, Rank = 3;
        var generator = new Generator(12);
        // Large enough to be fused, were it not for the other factor.
        Parameter<double> left = Factor(), right = Factor();
        Tensor<double> target = generator.Normal<double>([Rank, Size], device), selection = generator.Normal<double>([Rank, Size], device);
        var optimizer = new Adam<double>([left, right], 0.01);

        Tensor<double> MakeFactorStep(Tape tape)
        {
            Tensor<double> loss = Loss.MeanSquaredError(selection.MatMul(left.MatMul(right)), target);
            optimizer.ZeroGradient();
            tape.Backward(loss);
            optimizer.Step();
            return loss;
        }

        using CapturedStep<double>? step = captured ? Step.Capture(MakeFactorStep) : null;
        for (int i = captured ? 1 : 0; i < 4; i++)
        {
            if (step is not null)
            {
                step.Run();
                continue;
            }

            using var tape = new Tape();
            MakeFactorStep(tape);
        }

        return [.. left.ToArray(), .. right.ToArray()];

        Parameter<double> Factor()
        {
            var factor = new Parameter<double>([Size, Size], device: device);
            Initializers.Uniform(factor, generator, -0.1, 0.1);
            return factor;
        }
    }
}
