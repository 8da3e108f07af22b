using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>A finished run with its model on a device.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Result">Its result.</param>
/// <param name="Model">Its model.</param>
/// <param name="Subset">Which neurons of a recording it decodes; null for all.</param>
/// <param name="Device">Where the model is.</param>
internal sealed record TrainedRun(RunFolder Folder, RunConfiguration Configuration, RunResult Result, DecoderModel Model, NeuronSubset? Subset, Device Device)
{
    /// <summary>Opens a run.</summary>
    /// <exception cref="InvalidInputException">There is no finished run with a model, or no such device.</exception>
    public static TrainedRun Open(string path, string? deviceName)
    {
        var folder = RunFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var file = folder.ReadModel();
        var result = folder.RequireResult();
        var device = DeviceOption.Resolve(deviceName ?? configuration.Device);
        try
        {
            var model = DecoderModel.Restore(file, configuration.Model, configuration.Identity.Neurons, device);
            return new(folder, configuration, result, model, NeuronSubset.Restore(file), device);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException($"{folder.Model} does not fit config.json beside it: {e.Message}");
        }
    }

    /// <summary>Number of neurons of the recordings that the model decodes, of which it may take a subset.</summary>
    public int RecordedNeurons => Subset?.Count ?? Model.NeuronCount;

    /// <summary>The neurons of another recording that the model decodes.</summary>
    /// <exception cref="InvalidInputException">It is of another number of neurons.</exception>
    public Recording Select(Recording recording)
    {
        CheckNeurons(recording.NeuronCount, recording.Source);
        return Subset?.Take(recording) ?? recording;
    }

    /// <summary>The neurons of responses that the model decodes.</summary>
    /// <inheritdoc cref="Select(Recording)" path="/exception"/>
    public ResponseMatrix Select(ResponseMatrix responses, string source)
    {
        CheckNeurons(responses.Neurons, source);
        return Subset is null ? responses : responses with { Values = Subset.Take(responses.Values) };
    }

    private void CheckNeurons(int neurons, string source)
    {
        if (neurons != RecordedNeurons)
        {
            throw new InvalidInputException(
                $"{source} has {neurons} neurons, but the model in '{Folder.Root}' decodes {Model.NeuronCount}{(Subset is null ? "" : $" of {Subset.Count}")}. "
                + "It can only decode the neurons it was trained on, in the same order.");
        }
    }
}
