using Decoder.Curves;
using Decoder.Figures;
using Decoder.Terminal;

namespace Decoder.Reports;

/// <summary>What <c>decoder curves</c> left, in words.</summary>
internal static class CurvesSection
{
    /// <summary>Reads curves.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = CurvesFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var resume = folder.Kind.HowToResume(path);
        var result = folder.RequireResult();
        var identity = configuration.Identity;
        return new ReportSection
        {
            Folder = path,
            Kind = "curves",
            IsSimulated = result.Data.Simulated,
            Headline = $"The median error of {result.Decoder} against the numbers of neurons and of training trials, on {ReportNumber.Count(result.TestTrials, "test trial")}.",
            Data = RecordingFacts.Of(configuration.Data, identity.Source, identity.Stimuli, identity.Neurons, identity.Simulated, identity.Checksum),
            Method =
            [
                new("Task", $"Decode the {AngleName.Of(result.Period)} of a grating, on the circle of {result.Period}°, by {result.Decoder}, refitted on random parts of the recording."),
                new("Repeats", $"{ReportNumber.Count(configuration.Repeats, "random subset")} of each size, judged on the same test trials."),
            ],
            Results =
            [
                .. Fit("neurons", result.Neurons),
                .. Fit("training trials", result.Trials),
                new("Halves of the neurons", $"Median error of one half {ReportNumber.Degrees(result.Halves.OneDegrees)}, of the mean of the angles that two halves decode {ReportNumber.Degrees(result.Halves.AveragedDegrees)}; "
                    + $"rank correlation of their errors {ReportNumber.Of(result.HalvesCorrelation, 3)}."),
                new("Shuffled control", $"With shuffled stimuli the mean error is {ReportNumber.Degrees(result.ShuffledMeanDegrees, 1)}; chance is {ReportNumber.Degrees(result.ChanceMeanDegrees, 1)}."),
            ],
            Tables = [Table("neurons", result.Neurons), Table("training trials", result.Trials)],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(result), $"Draw it again with '{resume}', or delete it."),
            HowToDraw = resume,
            Command = CommandText.Curves(configuration),
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Seed", $"{configuration.Seed}: decides {(configuration.Data.File is null ? "the simulation, " : "")}the subsets, the shuffling and the initial weights of networks"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, identity.Source, identity.Simulated),
                identity.Checksum,
                $"{identity.Stimuli} × {identity.Neurons}",
                result.Decoder,
                ReportNumber.Count(result.TestTrials, "test trial"),
                result.Neurons.Points.Count == 0 ? "" : ReportNumber.Degrees(result.Neurons.Points[^1].MedianAbsoluteErrorDegrees)),
        };
    }

    private static IEnumerable<ReportFact> Fit(string thing, CurvesResult.Curve curve)
    {
        if (curve.Fit is { } law)
        {
            yield return new($"Against {thing}", $"{ReportNumber.Of(law.Alpha)}° + {ReportNumber.Of(law.Beta)}° / √N, fitted from N = {curve.FittedFrom} on.");
        }
    }

    private static Dictionary<string, string> Numbers(CurvesResult result)
    {
        static string Ends(CurvesResult.Curve curve, string thing) => curve.Points.Count == 0 ? "There are no points." : string.Join(
            " to ", new[] { curve.Points[0], curve.Points[^1] }.Select(point => $"{ReportNumber.Degrees(point.MedianAbsoluteErrorDegrees)} with {ReportNumber.Count(point.Count, thing)}")) + ".";

        return new()
        {
            ["neurons"] = $"The median error goes from {Ends(result.Neurons, "neuron")}",
            ["trials"] = $"The median error goes from {Ends(result.Trials, "training trial")}",
            ["halves"] = $"Rank correlation of the errors of two halves of the neurons: {ReportNumber.Of(result.HalvesCorrelation, 3)}, mean over random halvings.",
        };
    }

    private static ReportTable Table(string thing, CurvesResult.Curve curve) => new(
        $"Median error against the number of {thing}: mean and standard deviation over random subsets.",
        [$"Number of {thing}", "Median error", "Standard deviation", "Subsets"],
        [
            .. curve.Points.Select(point => (string[])
            [
                ReportNumber.Of(point.Count, 0), ReportNumber.Degrees(point.MedianAbsoluteErrorDegrees), ReportNumber.Degrees(point.StandardDeviation), ReportNumber.Of(point.Repeats, 0),
            ]),
        ]);
}
