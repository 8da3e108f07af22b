using Autodiff;
using Autodiff.Kernels;
using Decoder.Sampling;
using Decoder.Terminal;

namespace Decoder.Representations;

/// <summary>
/// Trains a <see cref="TiltNetwork"/> as Tutorial 3 does, on random gratings between -90 and 90 degrees, with the random numbers of NumPy and PyTorch: with
/// <see cref="TutorialSeed"/> the tutorial's own run, loss by loss.
/// </summary>
internal sealed class TiltTraining
{
    /// <summary>The tutorial's learning rate.</summary>
    public const double UsualLearningRate = 5e-4;

    /// <summary>The tutorial's seed.</summary>
    public const uint TutorialSeed = 12;

    private const int Images = 1000, BatchSize = 100;
    private const double Momentum = 0.99;

    private readonly TiltNetwork _network;
    private readonly Device _device;
    private readonly MersenneTwister _angles, _orders;

    /// <summary>Draws the network's initial values.</summary>
    /// <param name="seed">As for NumPy, which draws the angles, and for PyTorch, which draws the initial values and the order of the images.</param>
    /// <param name="device">Where it trains.</param>
    public TiltTraining(uint seed, Device device)
    {
        (_device, _angles, _orders) = (device, new MersenneTwister(seed), new MersenneTwister(seed));
        _network = new TiltNetwork(_orders, device);
        InitialFilters = _network.Filters;
    }

    /// <summary>The network.</summary>
    public TiltNetwork Network => _network;

    /// <summary>The filters before training.</summary>
    public float[] InitialFilters { get; }

    /// <summary>The binary cross-entropy of each mini-batch, before its step.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>The loss on the last mini-batch of each epoch, as the tutorial prints it.</summary>
    public List<double> EpochLosses { get; } = [];

    /// <summary>The losses of the last epoch's mini-batches.</summary>
    public double[] LastEpoch => [.. Losses.TakeLast(Images / BatchSize)];

    /// <summary>Trains.</summary>
    /// <param name="epochs">How often it sees its images.</param>
    /// <param name="learningRate">Of gradient descent; the tutorial's is <see cref="UsualLearningRate"/>.</param>
    /// <param name="progress">Told the finished fraction and the loss.</param>
    /// <param name="cancellation">Ends training after the step that runs.</param>
    /// <exception cref="InvalidInputException">The loss is no longer finite.</exception>
    public void Train(int epochs, double learningRate, IProgressTask progress, CancellationToken cancellation)
    {
        var degrees = DrawAngles();
        var images = TiltNetwork.Images(degrees, _device);
        var tilts = Tensor.Create(Array.ConvertAll(degrees, angle => angle > 0 ? 1f : 0f), [Images, 1], _device);
        var optimizer = new Sgd<float>(_network.Parameters, learningRate, Momentum);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var order = _orders.NextPermutation(Images);
            for (var start = 0; start < Images; start += BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using var tape = new Tape();
                var rows = new Indices(order.AsSpan(start, BatchSize), [BatchSize], _device);
                optimizer.ZeroGradient();
                var loss = Loss.BinaryCrossEntropyWithLogits(_network.Forward(images.IndexSelect(rows)), tilts.IndexSelect(rows));
                tape.Backward(loss);
                optimizer.Step();
                Losses.Add(loss.Item());
                if (!double.IsFinite(Losses[^1]))
                {
                    throw new InvalidInputException(
                        $"The loss is {Losses[^1]} after {Losses.Count - 1} steps: the learning rate {learningRate} is too large. Try --learning-rate {learningRate / 10:G3}.");
                }
            }

            EpochLosses.Add(Losses[^1]);
            progress.Report((epoch + 1.0) / epochs, $"loss {Losses[^1]:G3}");
        }
    }

    /// <summary>The fraction of new gratings whose tilt is told right.</summary>
    public double Accuracy()
    {
        var degrees = DrawAngles();
        using var scope = new Tape(record: false);
        var logits = _network.Forward(TiltNetwork.Images(degrees, _device)).ToArray();
        return degrees.Zip(logits, (angle, logit) => angle > 0 == logit > 0 ? 1.0 : 0).Average();
    }

    private double[] DrawAngles()
    {
        var degrees = new double[Images];
        for (var i = 0; i < Images; i++)
        {
            degrees[i] = (_angles.NextDouble() - 0.5) * 180;
        }

        return degrees;
    }
}
