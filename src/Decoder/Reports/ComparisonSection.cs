using Decoder.Comparisons;
using Decoder.Evaluation;
using Decoder.Figures;
using Decoder.Terminal;

namespace Decoder.Reports;

/// <summary>What <c>decoder compare</c> left, in words.</summary>
internal static class ComparisonSection
{
    /// <summary>Reads a comparison.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = ComparisonFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var resume = folder.Kind.HowToResume(path);
        var result = folder.RequireResult();
        if (result.Decoders.Count == 0)
        {
            throw new InvalidInputException($"The result in '{path}' has no decoders: it is damaged. Delete result.json, and make it again with '{resume}'.");
        }

        var (identity, ours) = (configuration.Identity, result.Decoders[0]);
        return new ReportSection
        {
            Folder = path,
            Kind = "comparison",
            IsSimulated = result.Data.Simulated,
            Headline = Headline(result),
            Data = RecordingFacts.Of(configuration.Data, result.Data.Source, result.Data.Trials, result.Data.Neurons, result.Data.Simulated, identity.Checksum),
            Method =
            [
                new("Task", $"Decode the {AngleName.Of(result.Period)} of a grating, on the circle of {result.Period}°, by {ReportNumber.Count(result.Decoders.Count, "decoder")} on the same trials."),
                new("Judged on", $"{result.Split}; {ReportNumber.Count(result.TestTrials, "test trial")}."),
                new("Intervals", $"95 %, from {ReportNumber.Count(result.Resamples, "resample")} of the test trials; those of differences are paired, trial by trial."),
            ],
            Results = [.. Results(result)],
            Tables = [.. Tables(result)],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(result, ours), $"Draw it again with '{resume}', or delete it."),
            HowToDraw = resume,
            Command = CommandText.Compare(configuration),
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Seed", $"{configuration.Seed}: decides {(configuration.Data.File is null ? "the simulation, " : "")}the folds, the shuffled control and the resampling"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, result.Data.Source, result.Data.Simulated),
                identity.Checksum,
                $"{result.Data.Trials} × {result.Data.Neurons}",
                $"{ours.Name}, best of comparison: {result.Decoders.MinBy(entry => entry.MedianAbsoluteErrorDegrees.Value)!.Name}",
                $"{(configuration.Folds is { } folds ? $"{folds} folds, " : "")}{ReportNumber.Count(result.TestTrials, "test trial")}",
                ours.MedianAbsoluteErrorDegrees.ToString(),
                ours.MeanAbsoluteErrorDegrees.ToString(),
                ReportNumber.Of(ours.R2, 4),
                ours.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : ""),
        };
    }

    private static string Headline(ComparisonResult result)
    {
        var (ours, rivals) = (result.Decoders[0], result.Decoders.Skip(1).ToArray());
        var better = rivals.Count(rival => rival.MedianDifference is { High: < 0 });
        var worse = rivals.Count(rival => rival.MedianDifference is { Low: > 0 });
        return $"Our decoder ({ours.Name}) has a median error of {ReportNumber.Degrees(ours.MedianAbsoluteErrorDegrees.Value, 3)}. "
            + (rivals.Length == 0 ? "There is no rival." : $"Of {ReportNumber.Count(rivals.Length, "rival")} it is better than {better} and worse than {worse}, by paired 95 % intervals that exclude zero"
                + (better + worse == rivals.Length ? "." : $"; from the other {rivals.Length - better - worse} these trials cannot tell it."));
    }

    private static IEnumerable<ReportFact> Results(ComparisonResult result)
    {
        yield return new("Shuffled control", $"With shuffled stimuli our decoder's mean error is {result.Shuffled.MeanAbsoluteErrorDegrees}°; chance is {ReportNumber.Degrees(result.Shuffled.ChanceDegrees, 1)}.");
        if (result.Ideal is { } ideal)
        {
            yield return new("Ideal observer", $"Whoever knew the simulator would have a median error of {ReportNumber.Degrees(ideal.Observer.MedianAbsoluteErrorDegrees, 3)} "
                + $"({ReportNumber.Degrees(ideal.Observer.KnownSharedMedianDegrees, 3)} if the noise that neurons share were known). Our decoder's efficiency is {ReportNumber.Of(100 * ideal.Efficiency, 0)} %.");
        }

        if (result.Decoders[0].CircularDeviationDegrees is { } deviation)
        {
            yield return new("Predicted uncertainty", $"{ReportNumber.Degrees(deviation)}, the median circular standard deviation that our decoder predicts for itself.");
        }
    }

    private static IEnumerable<ReportTable> Tables(ComparisonResult result)
    {
        var hasAccuracy = result.Decoders.Any(entry => entry.Accuracy is not null);
        yield return new(
            "Errors in degrees with their 95 % intervals, ours first. A negative difference says that ours is better; 'yes' that the interval excludes zero.",
            ["Decoder", "Median error", "Mean error", "R²", .. hasAccuracy ? (string[])["Accuracy"] : [], "Ours less this, median", "Median differs", "Ours less this, mean", "Mean differs", "Seconds"],
            [
                .. result.Decoders.Select(entry => (string[])
                [
                    entry.Name,
                    entry.MedianAbsoluteErrorDegrees.ToString(),
                    entry.MeanAbsoluteErrorDegrees.ToString(),
                    ReportNumber.Of(entry.R2, 4),
                    .. hasAccuracy ? (string[])[entry.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : "–"] : [],
                    .. Difference(entry.MedianDifference),
                    .. Difference(entry.MeanDifference),
                    ReportNumber.Of(entry.Seconds, 1),
                ]),
            ]);
        yield return new("The decoders.", ["Decoder", "What it is"], [.. result.Decoders.Select(entry => (string[])[entry.Name, entry.Description])]);
        if (result.Refused.Count > 0)
        {
            yield return new("Decoders that cannot be used on these data.", ["Decoder", "Why"], [.. result.Refused.Select(refusal => (string[])[refusal.Name, refusal.Reason])]);
        }
    }

    private static string[] Difference(Interval? difference) => difference switch
    {
        null => ["–", "–"],
        { High: < 0 } interval => [interval.ToString(), "yes, ours is better"],
        { Low: > 0 } interval => [interval.ToString(), "yes, ours is worse"],
        { } interval => [interval.ToString(), "no"],
    };

    private static Dictionary<string, string> Numbers(ComparisonResult result, ComparisonResult.Entry ours)
    {
        var shares = $"{ReportNumber.Count(result.TestTrials, "test trial")} by our decoder, {ours.Name}; median error {ours.MedianAbsoluteErrorDegrees}°, mean {ours.MeanAbsoluteErrorDegrees}°, R² {ReportNumber.Of(ours.R2, 4)}.";
        return new()
        {
            ["comparison"] = $"Median errors in degrees: {string.Join("; ", result.Decoders.Select(entry => $"{entry.Name} {entry.MedianAbsoluteErrorDegrees}"))}"
                + (result.Ideal is { } ideal ? $"; ideal observer {ReportNumber.Of(ideal.Observer.MedianAbsoluteErrorDegrees, 3)}." : "."),
            ["decoded"] = shares,
            ["error"] = shares,
        };
    }
}
