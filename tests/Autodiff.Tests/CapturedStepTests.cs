using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>A captured step gives the numbers of the ordinary one, for whatever a step consists of.</summary>
public class CapturedStepTests
{
    private const int Steps = 55, Batch = 6, Features = 10, Classes = 4;

    private static readonly Dictionary<string, Func<ITraining>> Cases = new()
    {
        ["linear"] = () => Regression<float>((d, g) => [new Linear<float>(Features, 1, g, device: d)], p => new Sgd<float>(p, 0.05)),
        ["linear, double"] = () => Regression<double>((d, g) => [new Linear<double>(Features, 1, g, device: d)], p => new Sgd<double>(p, 0.05)),
        ["Relu"] = () => Perceptron(new Relu<float>()),
        ["LeakyRelu"] = () => Perceptron(new LeakyRelu<float>()),
        ["Elu"] = () => Perceptron(new Elu<float>()),
        ["Gelu"] = () => Perceptron(new Gelu<float>()),
        ["Silu"] = () => Perceptron(new Silu<float>()),
        ["Sigmoid"] = () => Perceptron(new Sigmoid<float>()),
        ["Softplus"] = () => Perceptron(new Softplus<float>()),
        ["Tanh"] = () => Perceptron(new Tanh<float>()),
        ["Relu, double"] = () => Perceptron(new Relu<double>()),
        ["Tanh, double"] = () => Perceptron(new Tanh<double>()),
        ["dropout"] = () => Regression<float>((d, g) => [.. Hidden(d, g, new Tanh<float>()), new Dropout<float>(0.4, new Generator(5)), new Linear<float>(8, 1, g, device: d)], p => new Adam<float>(p, 0.01)),
        ["layer norm"] = () => Regression<float>((d, g) => [.. Hidden(d, g, new LayerNorm<float>([8], device: d)), new Linear<float>(8, 1, g, device: d)], p => new Adam<float>(p, 0.01)),
        ["convolution"] = () => Regression<float>(
            (d, g) => [new Images<float>(), new Conv2d<float>(1, 3, 2, g, device: d), new Relu<float>(), new MaxPool2d<float>(2), new Rows<float>(), new Linear<float>(6, 1, g, device: d)],
            p => new Adam<float>(p, 0.01)),
        ["momentum"] = () => Regression<double>((d, g) => [new Linear<double>(Features, 1, g, device: d)], p => new Sgd<double>(p, 0.02, momentum: 0.9)),
        ["Nesterov with weight decay"] = () => Regression<float>((d, g) => [new Linear<float>(Features, 1, g, device: d)], p => new Sgd<float>(p, 0.02, momentum: 0.9, nesterov: true, weightDecay: 0.1)),
        ["Adam with weight decay"] = () => Regression<float>(Two<float>, p => new Adam<float>(p, 0.01, weightDecay: 0.1)),
        ["AdamW"] = () => Regression<float>(Two<float>, p => new AdamW<float>(p, 0.01)),
        ["schedule between runs"] = () => new Training<float> { Network = Two<float>, Optimizers = [p => new Adam<float>(p, 0.02)], Schedule = o => new CosineAnnealing(o, 30) },
        ["schedule within"] = () => new Training<float> { Network = Two<float>, Optimizers = [p => new Sgd<float>(p, 0.05)], Schedule = o => new ExponentialDecay(o, 0.95), ScheduleWithin = true },
        ["clip by norm"] = () => new Training<float> { Network = Two<float>, Optimizers = [p => new Adam<float>(p, 0.02)], ClipsNorm = true, BeforeStep = p => Clip.ByNorm(p, 0.5) },
        ["clip by value"] = () => new Training<double> { Network = Two<double>, Optimizers = [p => new Adam<double>(p, 0.02)], BeforeStep = p => Clip.ByValue(p, 0.1) },
        ["more parameters than arguments hold"] = () => new Training<float>
        {
            Network = (d, g) => [.. Enumerable.Range(0, 9).Select(i => new Linear<float>(i == 0 ? Features : 4, i == 8 ? 1 : 4, g, device: d))],
            Optimizers = [p => new Sgd<float>(p, 0.02, momentum: 0.9)],
            Schedule = o => new CosineAnnealing(o, 30),
        },
        ["L2 penalty"] = () => new Training<double>
        {
            Network = Two<double>,
            Optimizers = [p => new Adam<double>(p, 0.02)],
            Penalty = parameters => parameters.Select(p => (p * p).Sum()).Aggregate((a, b) => a + b) * 0.01,
        },
        ["two optimizers"] = () => new Training<float> { Network = Two<float>, Optimizers = [p => new Adam<float>(p.Take(2), 0.02), p => new Sgd<float>(p.Skip(2), 0.05, momentum: 0.5)] },
        ["no zeroing before, but after"] = () => new Training<float> { Network = Two<float>, Optimizers = [p => new Adam<float>(p, 0.02)], ZeroAfter = true },
        ["gradient penalty"] = () => new Training<double> { Network = (d, g) => [.. Hidden(d, g, new Tanh<double>()), new Linear<double>(8, 1, g, device: d)], Optimizers = [p => new Adam<double>(p, 0.02)], DifferentiatesTwice = true },
        ["cross-entropy"] = () => new Classification(),
    };

    public static TheoryData<string, string> OnDevices => TestDevices.Times(Cases.Keys);

    [Theory]
    [MemberData(nameof(OnDevices))]
    public void EveryStepHasTheNumbersOfTheOrdinaryOne(string deviceName, string name)
    {
        Device device = TestDevices.Find(deviceName);
        ITraining training = Cases[name]();
        int steps = device.Kind == DeviceKind.Emulator ? 12 : Steps;
        double[] expected = training.Train(device, steps, captured: false), actual = training.Train(device, steps, captured: true);
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= training.Tolerance * largest, $"number {i}: {actual[i]:R} instead of {expected[i]:R}");
        }
    }

    private static Training<T> Regression<T>(Func<Device, Generator, Sequential<T>> network, Func<IEnumerable<Parameter<T>>, Optimizer<T>> optimizer)
        where T : unmanaged, IFloatingPointIeee754<T> => new() { Network = network, Optimizers = [optimizer] };

    private static Training<T> Perceptron<T>(Module<T> activation)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Regression<T>((d, g) => [.. Hidden(d, g, activation), new Linear<T>(8, 1, g, device: d)], p => new Adam<T>(p, 0.01));

    private static Module<T>[] Hidden<T>(Device device, Generator generator, Module<T> then)
        where T : unmanaged, IFloatingPointIeee754<T> => [new Linear<T>(Features, 8, generator, device: device), then];

    private static Sequential<T> Two<T>(Device device, Generator generator)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Hidden(device, generator, new Relu<T>()), new Linear<T>(8, 1, generator, device: device)];

    private interface ITraining
    {
        double Tolerance { get; }

        double[] Train(Device device, int steps, bool captured);
    }

    /// <summary>Training of a network on batches that differ; the losses of all steps, then the parameters.</summary>
    private sealed class Training<T> : ITraining
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public required Func<Device, Generator, Sequential<T>> Network { get; init; }

        public required Func<IReadOnlyList<Parameter<T>>, Optimizer<T>>[] Optimizers { get; init; }

        public Func<Optimizer, LearningRateSchedule>? Schedule { get; init; }

        public bool ScheduleWithin { get; init; }

        public bool ZeroAfter { get; init; }

        public bool DifferentiatesTwice { get; init; }

        public bool ClipsNorm { get; init; }

        public Action<IReadOnlyList<Parameter<T>>>? BeforeStep { get; init; }

        public Func<IReadOnlyList<Parameter<T>>, Tensor<T>>? Penalty { get; init; }

        /// <summary>Kernels that are fused do what they did apart; only clipping knows the norm in T, not in double.</summary>
        public double Tolerance => ClipsNorm ? 1e-6 : 0;

        public double[] Train(Device device, int steps, bool captured)
        {
            Sequential<T> network = Network(device, new Generator(3));
            IReadOnlyList<Parameter<T>> parameters = network.Parameters;
            Optimizer<T>[] optimizers = [.. Optimizers.Select(make => make(parameters))];
            LearningRateSchedule? schedule = Schedule?.Invoke(optimizers[0]);
            Tensor<T> StepOn(Tape tape, Tensor<T> x, Tensor<T> y)
            {
                if (!ZeroAfter)
                {
                    Array.ForEach(optimizers, optimizer => optimizer.ZeroGradient());
                }

                Tensor<T> input = DifferentiatesTwice ? tape.Watch(x) : x;
                Tensor<T> loss = Loss.MeanSquaredError(network.Forward(input), y);
                if (Penalty is not null)
                {
                    loss += Penalty(parameters);
                }

                if (DifferentiatesTwice)
                {
                    loss += tape.Gradient(loss, [input], createGraph: true)[0]!.Square().Sum();
                }

                tape.Backward(loss);
                BeforeStep?.Invoke(parameters);
                Array.ForEach(optimizers, optimizer => optimizer.Step());
                if (ZeroAfter)
                {
                    Array.ForEach(optimizers, optimizer => optimizer.ZeroGradient());
                }

                if (ScheduleWithin)
                {
                    schedule!.Step();
                }

                return loss;
            }

            var data = new Generator(11);
            Tensor<T>[] x = [.. Enumerable.Range(0, 5).Select(_ => data.Normal<T>([Batch, Features], device))];
            Tensor<T>[] y = [.. Enumerable.Range(0, 5).Select(_ => data.Normal<T>([Batch, 1], device))];
            List<double> numbers = [];
            CapturedStep<T>? step = null;
            for (int i = 0; i < steps; i++)
            {
                Tensor<T> one = x[i % 5], two = y[i % 5];
                if (!captured)
                {
                    using var tape = new Tape();
                    numbers.Add(double.CreateChecked(StepOn(tape, one, two).Item()));
                }
                else if (step is null)
                {
                    step = Step.Capture(one, two, StepOn);
                    numbers.Add(double.CreateChecked(step.Result.Item()));
                }
                else
                {
                    numbers.Add(double.CreateChecked((i % 2 == 0 ? step.Run(one, two) : step.Run(one.ToArray(), two)).Item()));
                }

                if (!ScheduleWithin)
                {
                    schedule?.Step();
                }
            }

            numbers.AddRange(parameters.SelectMany(parameter => parameter.ToArray()).Select(double.CreateChecked));
            foreach (Optimizer<T> optimizer in optimizers)
            {
                numbers.AddRange(optimizer.Groups.SelectMany(group => group.Parameters).Select(p => (double)optimizer.StateOf(p)!.Step));
            }

            if (!ZeroAfter)
            {
                numbers.AddRange(parameters.SelectMany(parameter => parameter.Gradient!.ToArray()).Select(double.CreateChecked));
            }

            step?.Dispose();
            return [.. numbers];
        }
    }

    private sealed class Classification : ITraining
    {
        public double Tolerance => 0;

        public double[] Train(Device device, int steps, bool captured)
        {
            var generator = new Generator(7);
            Sequential<float> network = [new Linear<float>(Features, 8, generator, device: device), new Tanh<float>(), new Linear<float>(8, Classes, generator, device: device)];
            var optimizer = new Adam<float>(network.Parameters, 0.02);
            Tensor<float> StepOn(Tape tape, Tensor<float> x, Indices classes)
            {
                Tensor<float> loss = Loss.CrossEntropy(network.Forward(x), classes);
                optimizer.ZeroGradient();
                tape.Backward(loss);
                optimizer.Step();
                return loss;
            }

            Tensor<float> x = generator.Normal<float>([Batch, Features], device);
            List<double> numbers = [];
            CapturedStep<float>? step = null;
            for (int i = 0; i < steps; i++)
            {
                int[] labels = [.. Enumerable.Range(i, Batch).Select(n => n * n % Classes)];
                if (!captured)
                {
                    var classes = new Indices(labels, [Batch], device);
                    using var tape = new Tape();
                    numbers.Add(StepOn(tape, x, classes).Item());
                }
                else if (step is null)
                {
                    step = Step.Capture(x, new Indices(labels, [Batch], device), StepOn);
                    numbers.Add(step.Result.Item());
                }
                else
                {
                    numbers.Add((i % 2 == 0 ? step.Run(x, labels) : step.Run(x, new Indices(labels, [Batch], device))).Item());
                }
            }

            numbers.AddRange(network.Parameters.SelectMany(parameter => parameter.ToArray()).Select(value => (double)value));
            step?.Dispose();
            return [.. numbers];
        }
    }

    /// <summary>Rows of features as small images.</summary>
    private sealed class Images<T> : Module<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Tensor<T> Forward(Tensor<T> input) => input.Reshape([input.Shape[0], 1, 2, Features / 2]).Pad([(0, 0), (0, 0), (1, 1), (0, 0)]);
    }

    /// <summary>Images as rows of features.</summary>
    private sealed class Rows<T> : Module<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Tensor<T> Forward(Tensor<T> input) => input.Reshape([input.Shape[0], input.Count / input.Shape[0]]);
    }
}
