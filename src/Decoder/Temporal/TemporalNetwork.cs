using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Temporal;

/// <summary>A network from the course of responses, [trials, bins, neurons], to the outputs of an objective.</summary>
internal sealed class TemporalNetwork : Module<float>
{
    private const int Units = 16, KernelSize = 3;

    private readonly Conv1d<float>? _convolution;
    private readonly Gru<float>? _recurrence;
    private readonly Dropout<float> _dropout;
    private readonly Linear<float> _output;

    /// <param name="model">What it makes of time.</param>
    /// <param name="neurons">Number of neurons.</param>
    /// <param name="bins">Number of bins; 1 for the static one.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="dropout">Probability with which each input is left out.</param>
    /// <param name="generator">Where random numbers come from.</param>
    /// <param name="device">Where the parameters live.</param>
    public TemporalNetwork(TemporalModel model, int neurons, int bins, int outputs, double dropout, Generator generator, Device device)
    {
        _dropout = Register("dropout", new Dropout<float>(dropout, generator));
        switch (model)
        {
            case TemporalModel.Conv:
                _convolution = Register("convolution", new Conv1d<float>(neurons, Units, KernelSize, generator, padding: KernelSize / 2, device: device));
                _output = new(Units * bins, outputs, generator, device: device);
                break;
            case TemporalModel.Gru:
                _recurrence = Register("recurrence", new Gru<float>(neurons, Units, generator, device: device));
                _output = new(Units, outputs, generator, device: device);
                break;
            default:
                _output = new(bins * neurons, outputs, generator, device: device);
                break;
        }

        Register("output", _output);
    }

    /// <inheritdoc/>
    public override Tensor<float> Forward(Tensor<float> input)
    {
        var course = _dropout.Forward(input);
        return _output.Forward(
            _convolution is not null ? _convolution.Forward(course.Transpose(1, 2)).Relu().Flatten(1)
            : _recurrence is not null ? _recurrence.LastState(course)
            : course.Flatten(1));
    }
}
