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
        // Beside the loss, a rectifier's gradient and its product, which share memory where memory is shared early.
        Assert.Equal(Calls(Device.Cpu, Features, 8) - (device.Kind == DeviceKind.Cpu ? 0 : 2), Calls(device, Features, 8));
    }

    /// <summary>
    /// On a device whose products take small work with them: two calls per layer but the first, one for the first's forward pass, and one for all Adam products. Layers of one size: their
    /// gradients must not share memory, or the calls could not move.
    /// </summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void LinearLayersTakeTwoCallsEach(string deviceName)
    {
        if (ByTiles(deviceName) is not { } device)
        {
            return;
        }

        foreach (int layers in (int[])[2, 4])
        {
            Assert.Equal(2 * layers, Calls(device, layers, Use.Nothing));
            // The last bias's gradient is made before it is clipped; the prediction is added up, then that and the loss.
            Assert.Equal(2 * layers + 2, Calls(device, layers, Use.BiasGradient));
            Assert.Equal(2 * layers + 2, Calls(device, layers, Use.Prediction));
        }

        static int Calls(Device device, int layers, Use use)
        {
            using var training = new Training(device, layers, use);
            return training.Captured.KernelCalls;
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void FusedLayersHaveTheNumbersOfOrdinarySteps(string deviceName)
    {
        if (ByTiles(deviceName) is not { } device)
        {
            return;
        }

        foreach (Use use in Enum.GetValues<Use>())
        {
            float[] expected = Training.Eager(device, 3, use);
            using Training first = new(device, 3, use), second = new(device, 3, use);
            float[] actual = first.Replay(Steps), again = second.Replay(Steps);
            Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-5);
            Assert.Equal(actual, again);
        }
    }

    /// <summary>Where a step takes much memory, a gradient lies where the factors of an earlier one's product were.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void GradientsThatTakeOverMemoryStayInOrder(string deviceName)
    {
        if (ByTiles(deviceName) is not { } shared)
        {
            return;
        }

        GpuDevice device = shared.With(shared.Profile);
        device.Pool.LittleBytes = 0;
        using Training training = new(device, 4, Use.NoRectifiers);
        Assert.Equal(Training.Eager(device, 4, Use.NoRectifiers), training.Replay(Steps), (a, b) => Math.Abs(a - b) <= 1e-5);
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

    /// <summary>A device as if it were a GPU, with memory and counters of its own; null for the CPU.</summary>
    private static GpuDevice? ByTiles(string deviceName) => TestDevices.Find(deviceName) is GpuDevice device
        ? device.Profile.HasFastBarriers ? device : device.With(device.Profile with { HasFastBarriers = true, ParallelGroups = 64, MostThreads = 64 })
        : null;

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

    /// <summary>What is special about a step: what it does with what lies between its calls, or what it lacks.</summary>
    public enum Use
    {
        Nothing,
        BiasGradient,
        Prediction,
        NoRectifiers,
    }

    /// <summary>Layers of one size, but for the last, and a captured step of theirs.</summary>
    private sealed class Training : IDisposable
    {
        private const int Size = 12;
        private readonly Sequential<float> _network;
        private readonly Adam<float> _optimizer;
        private readonly Tensor<float> _x, _y;
        private readonly Use _use;

        public Training(Device device, int layers, Use use)
            : this(device, layers, use, captures: true)
        {
        }

        private Training(Device device, int layers, Use use, bool captures)
        {
            var generator = new Generator(13);
            List<Module<float>> modules = [];
            for (int i = 0; i < layers - 1; i++)
            {
                modules.Add(new Linear<float>(Size, Size, generator, device: device));
                if (use != Use.NoRectifiers)
                {
                    modules.Add(new Relu<float>());
                }
            }

            _network = [.. modules, new Linear<float>(Size, 1, generator, device: device)];
            _optimizer = new Adam<float>(_network.Parameters, 0.01, weightDecay: 0.1);
            // As many as there are units, so that gradients of all sizes would fit each other's memory.
            (_x, _y, _use) = (generator.Normal<float>([Size, Size], device), generator.Normal<float>([Size, 1], device), use);
            if (captures)
            {
                Captured = Step.Capture(MakeStep);
            }
        }

        public CapturedStep<float> Captured { get; } = null!;

        public static float[] Eager(Device device, int layers, Use use)
        {
            using Training training = new(device, layers, use, captures: false);
            float loss = 0;
            for (int i = 0; i < Steps; i++)
            {
                using var tape = new Tape();
                loss = training.MakeStep(tape).Item();
            }

            return [.. Numbers(training._network), loss];
        }

        public float[] Replay(int steps)
        {
            for (int i = 1; i < steps; i++)
            {
                Captured.Run();
            }

            return [.. Numbers(_network), Captured.Result.Item()];
        }

        public void Dispose() => Captured?.Dispose();

        private Tensor<float> MakeStep(Tape tape)
        {
            Tensor<float> prediction = _network.Forward(_x), loss = Loss.MeanSquaredError(prediction, _y);
            _optimizer.ZeroGradient();
            tape.Backward(loss);
            if (_use == Use.BiasGradient)
            {
                Clip.ByValue([_network.Parameters[^1]], 0.01);
            }

            _optimizer.Step();
            return _use == Use.Prediction ? loss + prediction.Sum() : loss;
        }
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
