using Autodiff;
using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;

namespace Decoder.Training;

/// <summary>
/// Rows of a recording: what a network sees and what it should output. Where the device has memory of its own and they fit, the rows are there; else each mini-batch is gathered from the recording
/// and preprocessed on its way to the device, so that the responses are in memory once.
/// </summary>
internal sealed class DataSet
{
    /// <summary>Rows that the network sees at a time where it sees all of them and they are not on the device.</summary>
    private const int RowsAtATime = 256;

    private readonly ResponseRows _responses;
    private readonly Targets _targets;
    private readonly Device _device;
    private readonly Tensor<float>? _onDevice;

    /// <summary>Takes rows of a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="preprocessing">What is done to their responses.</param>
    /// <param name="objective">What the network should output for their stimuli.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="isOneBatch">Whether every step sees all rows, so that they are better kept on the device, whichever it is.</param>
    public DataSet(Recording recording, ReadOnlySpan<int> rows, PreprocessingPipeline preprocessing, Objective objective, Device device, bool isOneBatch = false)
    {
        _responses = new ResponseRows(recording, rows, preprocessing.Steps);
        _device = device;
        var stimuli = new float[rows.Length];
        for (var i = 0; i < stimuli.Length; i++)
        {
            stimuli[i] = recording.Stimuli[rows[i]];
        }

        _targets = objective.CreateTargets(stimuli, device);
        _onDevice = isOneBatch ? Upload(0, Count) : device.Kind == DeviceKind.Cpu ? null : TryUpload();
    }

    /// <summary>Number of rows.</summary>
    public int Count => _responses.Count;

    /// <summary>Whether all rows are on the device.</summary>
    public bool IsOnDevice => _onDevice is not null;

    /// <summary>The loss of a network on all rows. Gradients flow only where the rows are on the device.</summary>
    public Tensor<float> Loss(Sequential<float> network) => _targets.Loss(_onDevice is { } all ? network.Forward(all) : ForwardInParts(network));

    /// <summary>The loss of a network on some rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">Which, from 0 to <see cref="Count"/> - 1.</param>
    public Tensor<float> Loss(Sequential<float> network, ReadOnlyMemory<int> rows)
    {
        var indices = new Indices(rows.Span, [rows.Length], _device);
        var neurons = _responses.NeuronCount;
        var responses = _onDevice is { } all
            ? all.IndexSelect(indices)
            : Tensor.Create<float>(
                [rows.Length, neurons],
                (values, first) => _responses.Read(rows.Span.Slice(first, values.Length / neurons), values),
                _device);
        return _targets.Loss(network.Forward(responses), rows.Span, indices);
    }

    /// <summary>The outputs for all rows. Each row's are what they would be in one part, to rounding.</summary>
    private Tensor<float> ForwardInParts(Sequential<float> network)
    {
        var outputs = new Tensor<float>[(Count + RowsAtATime - 1) / RowsAtATime];
        for (var i = 0; i < outputs.Length; i++)
        {
            using var scope = new Tape(record: false);
            var first = i * RowsAtATime;
            outputs[i] = scope.Keep(network.Forward(Upload(first, Math.Min(RowsAtATime, Count - first))));
        }

        return Ops.Concatenate<float>(outputs, axis: -2);
    }

    private Tensor<float>? TryUpload()
    {
        try
        {
            var all = Upload(0, Count);

            // A step needs memory too: the batch as layers leave it, and gradients.
            using var rest = new Storage<float>(_device, Math.Max(1, all.Count / 2));
            return all;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    private Tensor<float> Upload(int first, int count) => Tensor.Create<float>(
        [count, _responses.NeuronCount], (values, row) => _responses.Read(first + row, values), _device);
}
