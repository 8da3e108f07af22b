using Decoder.Figures;
using Decoder.Sweeps;
using Decoder.Terminal;

namespace Decoder.Reports;

/// <summary>What <c>decoder sweep</c> left, in words.</summary>
internal static class SweepSection
{
    /// <summary>Reads a search.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = SweepFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var resume = folder.Kind.HowToResume(path);
        var result = folder.RequireResult();
        var (identity, winner) = (configuration.Identity, result.Winner);
        var chosen = configuration.Trials.FirstOrDefault(trial => trial.Number == winner.Trial) ?? throw new InvalidInputException(
            $"The result in '{path}' is of trial {winner.Trial}, which sweep.json does not have: it is damaged. Delete result.json, and make it again with '{resume}'.");
        var (values, test) = (Values(winner.Values), winner.Test);
        return new ReportSection
        {
            Folder = path,
            Kind = "search",
            IsSimulated = result.Data.Simulated,
            Headline = $"Of {ReportNumber.Count(result.Trials.Count, "trial")} the best on validation rows has {values}; trained on the whole training set it decodes the test set, which the search had not seen, "
                + $"with a median error of {ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees)} (mean {ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees)}).",
            Data = RecordingFacts.Of(configuration.Data, identity.Source, identity.Stimuli, identity.Neurons, identity.Simulated, identity.Checksum),
            Method =
            [
                new("Task", $"Choose settings of a decoder of {AngleName.Of(chosen.Model.Period)}, on the circle of {chosen.Model.Period}°."),
                new("Searched", string.Join(", ", configuration.Searched)),
                new("Chosen by", $"The {configuration.SelectBy.ToString().ToLowerInvariant()} {(configuration.SelectBy == SelectionCriterion.Nll ? "(negative log-likelihood)" : "error")} on validation rows, a part of the training set."
                    + (configuration.Halving is { } halving ? $" Successive halving: one of {halving} trials goes on to {halving} times the epochs." : "")),
            ],
            Results =
            [
                new("Median error", $"{ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees)} of the best on the test set"),
                new("Mean error", ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees)),
                new("R²", ReportNumber.Of(test.R2, 4)),
                new("Run of the best", $"{winner.Run}: 'decoder report' shows it in full."),
            ],
            Tables = [Table(result, configuration.Searched)],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(result, configuration.Searched), $"Draw it again with '{resume}', or delete it."),
            HowToDraw = resume,
            Command = CommandText.Train(configuration.Run(chosen, isWinner: true)),
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Device", result.Device),
                new("Seed", $"{chosen.Training.Seed}; the command above trains the best again"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, identity.Source, identity.Simulated),
                identity.Checksum,
                $"{identity.Stimuli} × {identity.Neurons}",
                $"best of {result.Trials.Count}: {values}",
                "the test set",
                ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees),
                ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees),
                ReportNumber.Of(test.R2, 4),
                test.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : ""),
        };
    }

    private static ReportTable Table(SweepResult result, IReadOnlyList<string> searched) => new(
        "The trials, the best first, with their errors on validation rows.",
        ["Trial", .. searched, "Epochs", "Median error", "Mean error"],
        [
            .. result.Trials.Select(trial => (string[])
            [
                trial.Trial.ToString("D", null),
                .. searched.Select(name => trial.Values.GetValueOrDefault(name, "–")),
                trial.Epochs.ToString("D", null),
                trial.Validation is { } scores ? ReportNumber.Degrees(scores.MedianAbsoluteErrorDegrees) : trial.Failure ?? "–",
                trial.Validation is { } means ? ReportNumber.Degrees(means.MeanAbsoluteErrorDegrees) : "–",
            ]),
        ]);

    private static Dictionary<string, string> Numbers(SweepResult result, IReadOnlyList<string> searched)
    {
        double[] errors = [.. result.Trials.Where(trial => trial.Validation is not null).Select(trial => trial.Validation!.MedianAbsoluteErrorDegrees)];
        var range = errors.Length == 0 ? "" : $" between {ReportNumber.Degrees(errors.Min())} and {ReportNumber.Degrees(errors.Max())}";
        return searched.ToDictionary(
            name => $"validation-by-{name}",
            name => $"Validation of {ReportNumber.Count(result.Trials.Count, "trial")} by {name}: median errors{range}; the best has {result.Winner.Values.GetValueOrDefault(name, "no value")}.");
    }

    private static string Values(IReadOnlyDictionary<string, string> values) => string.Join(", ", values.Select(value => $"{value.Key} {value.Value}"));
}
