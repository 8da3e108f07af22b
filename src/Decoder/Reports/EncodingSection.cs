using Decoder.Encoders;
using Decoder.Models;

namespace Decoder.Reports;

/// <summary>What <c>decoder encode</c> left, in words.</summary>
internal static class EncodingSection
{
    /// <summary>Reads an encoder.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = EncodingFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var command = CommandText.Encode(configuration);
        var result = folder.RequireResult(command);
        var options = configuration.Options;
        return new ReportSection
        {
            Folder = path,
            Kind = "encoder",
            IsSimulated = result.Simulated,
            Headline = $"Responses of {ReportNumber.Count(result.Neurons, "neuron")} on held-out trials are predicted with a mean squared error of {ReportNumber.Of(result.TestMse, 3)}; "
                + $"each neuron's mean has {ReportNumber.Of(result.ConstantMse, 3)}.",
            Data =
            [
                .. RecordingFacts.Of(configuration.Data with { BinWidth = options.BinWidth }, result.Source, result.Stimuli, result.Neurons, result.Simulated, configuration.Identity.Checksum),
            ],
            Method =
            [
                new("Task", "Predict the responses of all neurons from the stimulus."),
                new("Network", $"{(options.Input == EncoderInput.Image ? "From the image of the grating, by convolutions, as in the Neuromatch Academy tutorial" : "From the angle of the grating")}; "
                    + $"behind the first layer {ChoiceName.Of(options.Activation.ToString())}; {ReportNumber.Count(result.Parameters, "trained number")}."),
                new("Training", $"{(options.Input == EncoderInput.Image ? "Gradient descent with momentum 0.9" : "Adam")}, learning rate {ReportNumber.Setting(options.LearningRate)}, "
                    + $"{ReportNumber.Count(options.Epochs, "full-batch step")}, on squared error."),
                new("Judged on", $"Trials that training had not seen, averaged in the same {ReportNumber.Count(result.Stimuli, "bin")}; squared errors are in squared z-scores of single trials."),
            ],
            Results = [.. Results(result)],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(result), "Delete it to report without it, or train the encoder again."),
            HowToDraw = command,
            Command = command,
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Device", configuration.Device ?? "the best one that the machine had"),
                new("Seed", $"{options.Seed}: decides {(configuration.Data.File is null ? "the simulation, " : "")}the initial values and which trials are held out"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, result.Source, result.Simulated),
                configuration.Identity.Checksum,
                $"{result.Stimuli} × {result.Neurons}",
                $"encoder from the {options.Input.ToString().ToLowerInvariant()}",
                "held-out trials",
                HeldOut: ReportNumber.Of(result.TestMse, 3)),
        };
    }

    private static IEnumerable<ReportFact> Results(EncodingResult result)
    {
        yield return new("Held-out error", $"{ReportNumber.Of(result.TestMse, 3)} mean squared");
        yield return new("By each neuron's mean", $"{ReportNumber.Of(result.ConstantMse, 3)}: what an encoder must beat");
        if (result.RepeatMse is { } repeat)
        {
            yield return new("By the training trials", $"{ReportNumber.Of(repeat, 3)}: those of the same bin, as they are");
        }

        yield return new("Training error", $"{ReportNumber.Of(result.UntrainedMse, 3)} before training, {ReportNumber.Of(result.TrainMse, 3)} after");
        yield return new("Tuning curves", $"{ReportNumber.Of(result.MedianCorrelation, 3)} is the median correlation of predicted and held-out tuning curve");
    }

    private static Dictionary<string, string> Numbers(EncodingResult result) => new()
    {
        ["loss"] = $"The mean squared error goes from {ReportNumber.Of(result.UntrainedMse, 3)} to {ReportNumber.Of(result.TrainMse, 3)} on training trials and ends at {ReportNumber.Of(result.TestMse, 3)} on held-out ones.",
        ["tuning"] = $"Lines are predictions, points held-out trials; over all {ReportNumber.Count(result.Neurons, "neuron")} their median correlation is {ReportNumber.Of(result.MedianCorrelation, 3)}.",
    };
}
