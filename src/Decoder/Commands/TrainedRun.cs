using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>A finished run with its model on a device.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Result">Its result.</param>
/// <param name="Model">Its model.</param>
/// <param name="Device">Where the model is.</param>
internal sealed record TrainedRun(RunFolder Folder, RunConfiguration Configuration, RunResult Result, DecoderModel Model, Device Device)
{
    /// <summary>Opens a run.</summary>
    /// <exception cref="InvalidInputException">There is no finished run with a model, or no such device.</exception>
    public static TrainedRun Open(string path, string? deviceName)
    {
        var folder = RunFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var file = folder.ReadModel();
        var result = folder.ReadResult() ?? throw new InvalidInputException(
            $"'{path}' has no result: training did not finish. Continue it with 'decoder train --resume {path}'.");
        var device = DeviceOption.Resolve(deviceName ?? configuration.Device);
        try
        {
            var model = DecoderModel.Restore(file, configuration.Model, configuration.Identity.Neurons, device);
            return new(folder, configuration, result, model, device);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException($"{folder.Model} does not fit config.json beside it: {e.Message}");
        }
    }

    /// <summary>Refuses a recording of other neurons.</summary>
    /// <exception cref="InvalidInputException">The numbers of neurons differ.</exception>
    public void CheckNeurons(int neurons, string source)
    {
        if (neurons != Model.NeuronCount)
        {
            throw new InvalidInputException(
                $"{source} has {neurons} neurons, but the model in '{Folder.Root}' decodes {Model.NeuronCount}. It can only decode the neurons it was trained on, in the same order.");
        }
    }
}
