using Decoder.Evaluation;
using Decoder.Figures;
using Decoder.Models;
using Decoder.Temporal;

namespace Decoder.Reports;

/// <summary>What <c>decoder temporal</c> left, in words.</summary>
internal static class TemporalSection
{
    /// <summary>Reads temporal decoders.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = TemporalFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var command = CommandText.Temporal(configuration);
        var result = folder.RequireResult(command);
        var (identity, options) = (configuration.Identity, configuration.Options);
        var best = result.Models.MinBy(score => score.MeanAbsoluteErrorDegrees.Value)!;
        return new ReportSection
        {
            Folder = path,
            Kind = "temporal decoders",
            IsSimulated = result.Simulated,
            Headline = Headline(result),
            Data = RecordingFacts.Of(configuration.Data, result.Source, result.Trials, result.Neurons, result.Simulated, identity.Checksum),
            Method =
            [
                new("Task", $"Decode the {AngleName.Of(result.Period)} of a grating, on the circle of {result.Period}°, from the course of the responses of {ReportNumber.Count(result.Neurons, "neuron")} "
                    + $"in bins of {ReportNumber.Setting(result.BinSeconds)} s{(result.Classes is { } classes ? $", as one of {classes} classes" : "")}."),
                new("Decoders", "static knows the mean of each neuron's response after the onset; lags is linear in the history of all time bins, conv convolves over time, gru is a recurrent network of gated units."),
                new("Training", $"Adam, learning rate {ReportNumber.Setting(options.LearningRate)}, {ReportNumber.Count(options.Epochs, "full-batch step")}; inputs left out with probability "
                    + $"{ReportNumber.Setting(options.Dropout)}, weight decay {ReportNumber.Setting(options.WeightDecay)}."),
                new("Judged on", $"Cross-validation in {options.Folds} folds, the same for all: each trial is decoded by networks that had not seen it."),
                new("Intervals", "95 %, by resampling trials; those of differences are paired, trial by trial."),
            ],
            Results =
            [
                new("Chance", $"{ReportNumber.Degrees(result.Period / 4.0, 0)}{(result.Classes is { } count ? $", accuracy {ReportNumber.Of(1.0 / count, 3)}" : "")}: what is left after shuffling the training stimuli must be near it."),
            ],
            Tables = [Models(result), Course(result)],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(result), "Delete it to report without it, or decode again."),
            HowToDraw = command,
            Command = command,
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Device", configuration.Device ?? "the best one that the machine had"),
                new("Seed", $"{result.Seed}: decides the folds, the initial values and the shuffled control"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, result.Source, result.Simulated),
                identity.Checksum,
                $"{result.Trials} × {result.Neurons}",
                $"{Name(best)}, best of {result.Models.Count}",
                $"{result.Folds} folds, {ReportNumber.Count(result.Trials, "trial")}",
                ReportNumber.Degrees(best.Scores.MedianAbsoluteErrorDegrees),
                best.MeanAbsoluteErrorDegrees.ToString(),
                ReportNumber.Of(best.Scores.R2, 4),
                best.Scores.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : ""),
        };
    }

    private static string Headline(TemporalResult result)
    {
        var others = result.Models.Where(score => score.DifferenceDegrees is not null).ToArray();
        var (better, worse) = (others.Count(score => score.DifferenceDegrees is { High: < 0 }), others.Count(score => score.DifferenceDegrees is { Low: > 0 }));
        return $"The decoder of the mean response has a mean error of {ReportNumber.Degrees(result.Models[0].MeanAbsoluteErrorDegrees.Value)}. Of {ReportNumber.Count(others.Length, "decoder")} that know its course "
            + $"{better} {(better == 1 ? "is" : "are")} better and {worse} worse, by paired 95 % intervals that exclude zero.";
    }

    private static ReportTable Models(TemporalResult result) => new(
        "Mean errors in degrees with their 95 % intervals. A negative difference says that knowing the course helps; the shuffled control must be at chance.",
        ["Decoder", .. Accuracy(result), "Mean error", "Less that of static", "Shuffled, mean error"],
        [
            .. result.Models.Select(score => (string[])
            [
                Name(score), .. Accuracy(result, score.Scores.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : "–"), score.MeanAbsoluteErrorDegrees.ToString(),
                score.DifferenceDegrees?.ToString() ?? "–", ReportNumber.Degrees(score.Shuffled.MeanAbsoluteErrorDegrees, 1),
            ]),
        ]);

    private static ReportTable Course(TemporalResult result) => new(
        "Static decoders of one time bin each, in seconds from the onset of the stimulus, with 95 % intervals.",
        ["Seconds", .. Accuracy(result), "Mean error"],
        [
            .. result.Course.Select(bin => (string[])
            [
                $"{ReportNumber.Of(bin.StartSeconds)} to {ReportNumber.Of(bin.EndSeconds)}", .. Accuracy(result, Shown(bin.Accuracy)), bin.MeanAbsoluteErrorDegrees.ToString(),
            ]),
        ]);

    /// <summary>A column that only classes have.</summary>
    private static string[] Accuracy(TemporalResult result, string cell = "Accuracy") => result.Classes is null ? [] : [cell];

    private static string Shown(Interval? interval) => interval?.ToString() ?? "–";

    private static Dictionary<string, string> Numbers(TemporalResult result)
    {
        var first = result.Course.MinBy(bin => bin.MeanAbsoluteErrorDegrees.Value)!;
        var best = $"The least error is {ReportNumber.Degrees(first.MeanAbsoluteErrorDegrees.Value)}, from {ReportNumber.Of(first.StartSeconds)} to {ReportNumber.Of(first.EndSeconds)} s after the onset";
        var numbers = new Dictionary<string, string>
        {
            ["models"] = $"Mean errors in degrees: {string.Join("; ", result.Models.Select(score => $"{Name(score)} {score.MeanAbsoluteErrorDegrees}"))}.",
            ["error-course"] = $"{best}; chance is {ReportNumber.Degrees(result.Period / 4.0, 0)}.",
            ["accuracy-course"] = $"{best}, with an accuracy of {Shown(first.Accuracy)}.",
        };
        foreach (var score in result.Models)
        {
            numbers[$"decoded-{Name(score)}"] = $"{ReportNumber.Count(result.Trials, "trial")} by the decoder '{Name(score)}'; mean error {score.MeanAbsoluteErrorDegrees}°.";
        }

        return numbers;
    }

    private static string Name(TemporalScore score) => ChoiceName.Of(score.Model.ToString());
}
