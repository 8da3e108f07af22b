using Decoder.Representations;

namespace Decoder.Reports;

/// <summary>What <c>decoder tilt</c> left, in words.</summary>
internal static class TiltSection
{
    /// <summary>Reads a network of tilts and what it was compared with.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = TiltFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var command = CommandText.Tilt(configuration);
        var result = folder.RequireResult(command);
        var identity = configuration.Identity;
        return new ReportSection
        {
            Folder = path,
            Kind = "tilt network",
            IsSimulated = result.Simulated,
            Headline = $"Dissimilarities of gratings in the network's pooled maps correlate with those in the recording at {ReportNumber.Of(result.PooledCorrelation, 3)}, "
                + $"those in its hidden units at {ReportNumber.Of(result.HiddenCorrelation, 3)}.",
            Data = RecordingFacts.Of(configuration.Data, result.Source, identity.Stimuli, identity.Neurons, result.Simulated, identity.Checksum),
            Method =
            [
                new("Task", "Tell whether a grating is tilted right or left of the vertical, and compare what the network makes of gratings with what the recorded neurons make of them."),
                new("Network", $"That of Tutorial 3 of Neuromatch Academy, W1D5: 6 convolutions of 7 × 7, maximum over 8 × 8 pixels, 10 hidden units; {ReportNumber.Count(result.Parameters, "trained number")}."),
                new("Training", $"Gradient descent with momentum 0.99, learning rate {ReportNumber.Setting(result.LearningRate)}, mini-batches of 100 of 1,000 random gratings, "
                    + $"{ReportNumber.Count(result.EpochLosses.Count, "epoch")}, on binary cross-entropy."),
                new("Compared", $"By 1 − the correlation of the responses to two gratings, for all pairs of {ReportNumber.Count(result.Stimuli, "grating")} from −90° to 90°, averaged per degree."),
            ],
            Results =
            [
                new("Accuracy", $"{ReportNumber.Of(result.Accuracy, 3)} on gratings that it had not seen"),
                new("Last epoch", $"Of its mini-batches the losses have a mean of {ReportNumber.Significant(result.LastEpochMeanLoss)} and a median of {ReportNumber.Significant(result.LastEpochMedianLoss)}: "
                    + "a few gratings so near 0° or 90° that their tilt hardly shows make most of the loss, and a mini-batch without them has next to none."),
            ],
            Tables =
            [
                new(
                    "Correlation of the dissimilarities of the network's layers with those of the recording, over all pairs of gratings.",
                    ["Layer", "Correlation"],
                    [["Pooled maps", ReportNumber.Of(result.PooledCorrelation, 3)], ["Hidden units", ReportNumber.Of(result.HiddenCorrelation, 3)]]),
                new(
                    "Binary cross-entropy of the last mini-batch of an epoch.",
                    ["Epoch", "Loss"],
                    [.. result.ShownEpochs.Select(epoch => (string[])[$"{epoch}", ReportNumber.Significant(result.EpochLosses[epoch - 1])])]),
            ],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(result), "Delete it to report without it, or train the network again."),
            HowToDraw = command,
            Command = command,
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Device", configuration.Device ?? "the best one that the machine had"),
                new("Seed", $"{result.Seed}: decides {(configuration.Data.File is null ? "the simulation, " : "")}the images, the initial values and the mini-batches, by the random numbers of NumPy and PyTorch"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, result.Source, result.Simulated),
                identity.Checksum,
                $"{identity.Stimuli} × {identity.Neurons}",
                "tilt network",
                "new gratings",
                Accuracy: ReportNumber.Of(result.Accuracy, 3)),
        };
    }

    private static Dictionary<string, string> Numbers(TiltResult result)
    {
        var gratings = $"{ReportNumber.Count(result.Stimuli, "grating")} from −90° to 90°";
        var numbers = new Dictionary<string, string>
        {
            ["loss"] = $"The loss of a mini-batch ends at {ReportNumber.Significant(result.EpochLosses[^1])} after {ReportNumber.Count(result.EpochLosses.Count, "epoch")}; "
                + $"the median over the last epoch is {ReportNumber.Significant(result.LastEpochMedianLoss)}.",
            ["filters"] = $"Six filters; with them and what follows {ReportNumber.Of(100 * result.Accuracy, 1)} % of new gratings are told right.",
        };
        foreach (var (name, correlation) in ((string, double?)[])[("v1", null), ("pooled", result.PooledCorrelation), ("hidden", result.HiddenCorrelation)])
        {
            var alike = correlation is { } value ? $"; their dissimilarities correlate with the recording's at {ReportNumber.Of(value, 3)}" : "";
            numbers[$"dissimilarity-{name}"] = numbers[$"rows-{name}"] = numbers[$"components-{name}"] = $"{gratings}{alike}.";
        }

        return numbers;
    }
}
