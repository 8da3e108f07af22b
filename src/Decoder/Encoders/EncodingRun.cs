using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Encoders;

/// <summary>Trains an encoder on the training part of a binned recording and judges it on its test part.</summary>
internal sealed class EncodingRun
{
    private const double Momentum = 0.9;
    private const int StepsPerTest = 5;

    private readonly Recording _recording;
    private readonly EncodingOptions _options;
    private readonly Device _device;
    private readonly int _trainRows;
    private readonly double[] _degrees;

    /// <param name="recording">Binned, and split into training and test part.</param>
    /// <param name="options">What to train, and how.</param>
    /// <param name="device">Where.</param>
    public EncodingRun(Recording recording, EncodingOptions options, Device device)
    {
        (_recording, _options, _device) = (recording, options, device);
        _trainRows = recording.TestStart ?? throw new ArgumentException("The recording has no test part.", nameof(recording));
        _degrees = Array.ConvertAll(recording.Stimuli, stimulus => (double)stimulus);
        Network = Encoder.Create(options, recording.NeuronCount, device);
        InitialFilters = Network.Filters;
    }

    /// <summary>The encoder.</summary>
    public Encoder Network { get; }

    /// <summary>The filters before training, where there are any.</summary>
    public float[]? InitialFilters { get; }

    /// <summary>The squared error on the training set before each step.</summary>
    public List<double> TrainLosses { get; } = [];

    /// <summary>The squared error on the test set after some steps.</summary>
    public List<(int Iteration, double Loss)> TestLosses { get; } = [];

    /// <summary>Trains and judges.</summary>
    /// <param name="progress">Told the finished fraction and the loss.</param>
    /// <param name="cancellation">Ends training after the step that runs.</param>
    /// <exception cref="InvalidInputException">The loss is no longer finite.</exception>
    public EncodingResult Execute(IProgressTask progress, CancellationToken cancellation)
    {
        var (trainDegrees, testDegrees) = (_degrees[.._trainRows], _degrees[_trainRows..]);
        var (inputs, responses) = (Network.Inputs(trainDegrees, _device), Responses(0, _trainRows));
        var (testInputs, testResponses) = (Network.Inputs(testDegrees, _device), Responses(_trainRows, _degrees.Length));
        Optimizer<float> optimizer = _options.Input == EncoderInput.Image
            ? new Sgd<float>(Network.Parameters, _options.LearningRate, Momentum)
            : new Adam<float>(Network.Parameters, _options.LearningRate);
        for (var step = 0; step < _options.Epochs; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (step % StepsPerTest == 0)
            {
                TestLosses.Add((step, Loss(testInputs, testResponses)));
            }

            using var tape = new Tape();
            optimizer.ZeroGradient();
            var loss = Autodiff.Loss.MeanSquaredError(Network.Forward(inputs), responses);
            tape.Backward(loss);
            optimizer.Step();
            TrainLosses.Add(loss.Item());
            if (!double.IsFinite(TrainLosses[^1]))
            {
                throw new InvalidInputException(
                    $"The loss is {TrainLosses[^1]} after {step} steps: the learning rate {_options.LearningRate} is too large. Try --learning-rate {_options.LearningRate / 10:G3}.");
            }

            progress.Report((step + 1.0) / _options.Epochs, $"loss {TrainLosses[^1]:G4}");
        }

        TrainLosses.Add(Loss(inputs, responses));
        TestLosses.Add((_options.Epochs, Loss(testInputs, testResponses)));
        return Judge(trainDegrees.Length, testDegrees);
    }

    private EncodingResult Judge(int trainRows, double[] testDegrees)
    {
        var neurons = _recording.NeuronCount;
        var test = _recording.Responses.AsSpan(trainRows * neurons);
        var predicted = Network.Predict(testDegrees, _device);
        var means = new double[neurons];
        for (var row = 0; row < trainRows; row++)
        {
            var values = _recording.Row(row);
            for (var neuron = 0; neuron < neurons; neuron++)
            {
                means[neuron] += values[neuron] / trainRows;
            }
        }

        var (constant, repeat) = (0.0, 0.0);
        for (var i = 0; i < test.Length; i++)
        {
            constant += Math.Pow(test[i] - means[i % neurons], 2) / test.Length;
            repeat += i < trainRows * neurons ? Math.Pow(test[i] - _recording.Responses[i], 2) / test.Length : 0;
        }

        return new(
            _recording.Source, _recording.IsSimulated, neurons, trainRows, _options, Network.ParameterCount,
            TrainLosses[0], TrainLosses[^1], TestLosses[^1].Loss, constant, MedianCorrelation(predicted, test, neurons),
            trainRows == testDegrees.Length ? repeat : null);
    }

    private static double MedianCorrelation(ReadOnlySpan<float> predicted, ReadOnlySpan<float> measured, int neurons)
    {
        var stimuli = measured.Length / neurons;
        var (a, b) = (new double[stimuli], new double[stimuli]);
        var correlations = new List<double>(neurons);
        for (var neuron = 0; neuron < neurons; neuron++)
        {
            for (var i = 0; i < stimuli; i++)
            {
                (a[i], b[i]) = (predicted[i * neurons + neuron], measured[i * neurons + neuron]);
            }

            var correlation = PearsonCorrelation.Of(a, b);
            if (double.IsFinite(correlation))
            {
                correlations.Add(correlation);
            }
        }

        return correlations.Count > 0 ? Quantile.Of([.. correlations], 0.5) : double.NaN;
    }

    private Tensor<float> Responses(int first, int end) => Tensor.Create(
        _recording.Responses.AsSpan(first * _recording.NeuronCount, (end - first) * _recording.NeuronCount), [end - first, _recording.NeuronCount], _device);

    private double Loss(Tensor<float> inputs, Tensor<float> responses)
    {
        using var scope = new Tape(record: false);
        return Autodiff.Loss.MeanSquaredError(Network.Forward(inputs), responses).Item();
    }
}
