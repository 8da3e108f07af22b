using Autodiff;
using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;

namespace Decoder.Training;

/// <summary>Rows of a recording on the device, uploaded once: what a network sees and what it should output.</summary>
internal sealed class DataSet
{
    private readonly Targets _targets;

    private DataSet(Tensor<float> responses, Targets targets) => (Responses, _targets) = (responses, targets);

    /// <summary>Responses, rows x neurons, preprocessed.</summary>
    public Tensor<float> Responses { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Responses.Shape[0];

    public static DataSet Upload(
        Recording recording, ReadOnlySpan<int> rows, PreprocessingPipeline preprocessing, Objective objective, Device device)
    {
        var (responses, stimuli) = recording.Select(rows);
        preprocessing.Apply(responses);
        return new(Tensor.Create(responses, [rows.Length, recording.NeuronCount], device), objective.CreateTargets(stimuli, device));
    }

    /// <summary>The loss of a network on all rows.</summary>
    public Tensor<float> Loss(Sequential<float> network) => _targets.Loss(network.Forward(Responses));

    /// <summary>The loss of a network on some rows, which are gathered on the device.</summary>
    public Tensor<float> Loss(Sequential<float> network, ReadOnlySpan<int> rows)
    {
        var indices = new Indices(rows, [rows.Length], Responses.Device);
        return _targets.Loss(network.Forward(Responses.IndexSelect(indices)), rows, indices);
    }
}
