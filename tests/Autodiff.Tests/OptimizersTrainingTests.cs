using Xunit;

namespace Autodiff.Tests;

/// <summary>Whole training loops, written as a user would.</summary>
public class OptimizersTrainingTests
{
    private static Sequential<float> Network(int inputs, int hidden, ulong seed) =>
        [new Linear<float>(inputs, hidden, new Generator(seed)), new Relu<float>(), new Linear<float>(hidden, 1, new Generator(seed + 1))];

    [Fact]
    public void ANetworkLearnsXor()
    {
        Tensor<float> inputs = Tensor.Create([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]), targets = Tensor.Create([0f, 1, 1, 0], [4, 1]);
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            var generator = new Generator(seed);
            var network = new Sequential<float>(new Linear<float>(2, 8, generator), new Tanh<float>(), new Linear<float>(8, 1, generator));
            var optimizer = new Adam<float>(network.Parameters, learningRate: 0.05);
            for (int epoch = 0; epoch < 300; epoch++)
            {
                using var tape = new Tape();
                Tensor<float> loss = Loss.BinaryCrossEntropyWithLogits(network.Forward(inputs), targets);
                optimizer.ZeroGradient();
                tape.Backward(loss);
                optimizer.Step();
            }
            // A linear classifier cannot get below ln 2 = 0.69.
            Assert.InRange(Loss.BinaryCrossEntropyWithLogits(network.Forward(inputs), targets).Item(), 0, 0.02);
            Assert.Equal([0f, 1, 1, 0], network.Forward(inputs).ToArray().Select(logit => logit > 0 ? 1f : 0f));
        }
    }

    public static TheoryData<string> Optimizers => [.. Makers.Keys];

    private static readonly Dictionary<string, Func<IEnumerable<Parameter<double>>, Optimizer<double>>> Makers = new()
    {
        ["SGD"] = parameters => new Sgd<double>(parameters, 0.1),
        ["SGD, momentum"] = parameters => new Sgd<double>(parameters, 0.03, momentum: 0.9),
        ["SGD, Nesterov"] = parameters => new Sgd<double>(parameters, 0.03, momentum: 0.9, nesterov: true),
        ["Adam"] = parameters => new Adam<double>(parameters, 0.05),
        ["AdamW"] = parameters => new AdamW<double>(parameters, 0.05, weightDecay: 0),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EveryOptimizerFindsTheLeastSquaresSolution(string name)
    {
        // Noiseless, so the minimum is 0 at the weights that made the data.
        Tensor<double> x = new Generator(1).Normal<double>([50, 3]), w = Tensor.Create([2.0, -1, 0.5], [3, 1]), y = x.MatMul(w) + 0.7;
        var model = new Linear<double>(3, 1, new Generator(2));
        Optimizer<double> optimizer = Makers[name](model.Parameters);
        var schedule = new CosineAnnealing(optimizer, 600);
        for (int epoch = 0; epoch < 600; epoch++)
        {
            using var tape = new Tape();
            Tensor<double> loss = Loss.MeanSquaredError(model.Forward(x), y);
            optimizer.ZeroGradient();
            tape.Backward(loss);
            optimizer.Step();
            schedule.Step();
        }
        Assert.All(model.Weight.ToArray().Zip([2.0, -1, 0.5]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Equal(0.7, model.Bias!.ToArray()[0], 1e-6);
    }

    [Fact]
    public void TrainingGoesOnFromACheckpointAsIfItHadNotStopped()
    {
        Tensor<float> x = new Generator(1).Normal<float>([20, 4]), y = new Generator(2).Normal<float>([20, 1]);
        void Train(Module<float> network, Optimizer<float> optimizer, int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                using var tape = new Tape();
                Tensor<float> loss = Loss.MeanSquaredError(network.Forward(x), y);
                optimizer.ZeroGradient();
                tape.Backward(loss);
                optimizer.Step();
            }
        }

        foreach (Func<Module<float>, Optimizer<float>> make in (Func<Module<float>, Optimizer<float>>[])[
            network => new AdamW<float>(network.Parameters, 0.01), network => new Sgd<float>(network.Parameters, 0.01, 0.9, nesterov: true)])
        {
            Sequential<float> through = Network(4, 6, 5), stopped = Network(4, 6, 5), resumed = Network(4, 6, 77);
            Optimizer<float> throughOptimizer = make(through), stoppedOptimizer = make(stopped), resumedOptimizer = make(resumed);
            Train(through, throughOptimizer, 12);

            stoppedOptimizer.Groups[0].LearningRate = 0.01;
            Train(stopped, stoppedOptimizer, 5);
            string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                SafeTensors file = new();
                stopped.Store(file, "model.");
                stoppedOptimizer.Store(file, "optimizer.");
                file.Save(path);

                SafeTensors loaded = SafeTensors.Load(path);
                resumedOptimizer.Groups[0].LearningRate = 123;
                resumed.Restore(loaded, "model.");
                resumedOptimizer.Restore(loaded, "optimizer.");
            }
            finally
            {
                File.Delete(path);
            }
            Train(resumed, resumedOptimizer, 7);
            Assert.Equal(through.Parameters.SelectMany(p => p.ToArray()), resumed.Parameters.SelectMany(p => p.ToArray()));
        }
    }
}
