using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decoder.Comparisons;
using Decoder.Figures;
using Decoder.Folders;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder compare</c>: our decoder beside those of the literature, on the same trials.</summary>
internal static class CompareCommand
{
    private const int Resamples = 5000;

    private static readonly TrainingDataOptions Data = new(simulatedTrials: "kept as they are");

    private static readonly Option<int> Period = new("--period")
    {
        Description = "360 to decode direction, 180 to decode orientation.",
        HelpName = "360|180",
        DefaultValueFactory = _ => 360,
    };

    private static readonly Option<int?> Folds = new("--folds")
    {
        Description = "Cross-validate: each trial is a test trial once. [default: every fourth trial is a test trial, as in Stringer et al. 2021]",
        HelpName = "K",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides the simulation, the folds, the shuffled control and the resampling.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly OutOption Out = new(FolderKind.Comparison);

    private static readonly ResumeOption Resume = new(FolderKind.Comparison, "Continue an interrupted comparison; decoders that are finished are not run again.");

    public static Command Create()
    {
        var command = new Command("compare", "Compare our decoder with those of the literature on the same trials, with intervals, a shuffled control and, for simulated trials, the ideal observer.")
        {
            Data.Recordings,
        };
        foreach (var option in (Option[])[.. Data.All, .. Own, Resume.Option])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder compare",
            "decoder compare recording.npz --period 180 --folds 5",
            "decoder compare --neurons 2000 --seed 7 --json",
            "decoder compare --resume runs/comparison");
        return command;
    }

    private static IEnumerable<Option> Own => [Period, Folds, Seed, Out.Option];

    private static Task<int> RunAsync(ParseResult parse, CancellationToken cancellation) =>
        parse.GetValue(Resume.Option) is { } path ? ContinueAsync(path, parse, cancellation) : StartAsync(parse, cancellation);

    private static async Task<int> StartAsync(ParseResult parse, CancellationToken cancellation)
    {
        var (period, folds, seed) = (parse.GetValue(Period), parse.GetValue(Folds), parse.GetValue(Seed));
        InvalidInputException.ThrowIf(period is not (180 or 360), $"--period {period}: it is 360 for direction or 180 for orientation.");
        InvalidInputException.ThrowIf(folds < 2, $"--folds {folds}: at least 2 are needed.");
        var source = Data.Source(parse, seed);
        source = source with { SingleTrials = source.File is null };
        var path = Out.Resolve(parse);
        var recording = await source.LoadAsync(cancellation);
        ComparisonRun.Check(recording, folds, seed);
        cancellation.ThrowIfCancellationRequested();
        var configuration = new ComparisonConfiguration
        {
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Period = period,
            Folds = folds,
            Seed = seed,
            Resamples = Resamples,
        };
        return await CompareAsync(ComparisonFolder.Create(path, configuration), configuration, recording, parse, cancellation);
    }

    private static async Task<int> ContinueAsync(string path, ParseResult parse, CancellationToken cancellation)
    {
        Resume.Refuse(parse, Data.Recordings, [.. Data.All, .. Own]);
        var folder = ComparisonFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var recording = await configuration.Data.LoadAgainAsync(configuration.Identity, cancellation);
        return await CompareAsync(folder, configuration, recording, parse, cancellation);
    }

    private static async Task<int> CompareAsync(
        ComparisonFolder folder, ComparisonConfiguration configuration, Recording recording, ParseResult parse, CancellationToken cancellation)
    {
        try
        {
            var run = new ComparisonRun(folder, configuration, recording) { BeforeResult = (result, ours) => Draw(folder, result, ours) };
            var result = await ProgressDisplay.RunAsync("comparing", progress => run.Execute(progress, cancellation));
            Print(parse, result);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return Resume.Interrupted(parse, folder.Root);
        }
    }

    private static void Draw(ComparisonFolder folder, ComparisonResult result, IReadOnlyList<Prediction> ours)
    {
        Directory.CreateDirectory(folder.Figures);
        var bars = result.Decoders.Select(entry => (entry.Name, entry.MedianAbsoluteErrorDegrees)).ToArray();
        FigureFile.WriteSvg(
            ComparisonFigure.Create(bars, result.Ideal?.Observer.MedianAbsoluteErrorDegrees, result.Data.Simulated), Path.Combine(folder.Figures, "comparison.svg"));
        var (actual, decoded) = (ours.Select(prediction => prediction.Actual).ToArray(), ours.Select(prediction => prediction.Decoded).ToArray());
        FigureFile.WriteSvg(DecodedFigure.Create(actual, decoded, result.Period, result.Data.Simulated), Path.Combine(folder.Figures, "decoded.svg"));
        FigureFile.WriteSvg(ErrorFigure.Create(actual, decoded, result.Period, isCircular: true, result.Data.Simulated), Path.Combine(folder.Figures, "error.svg"));
    }

    private static void Print(ParseResult parse, ComparisonResult result)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, ComparisonJson.Default.ComparisonResult));
            return;
        }

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        var data = result.Data;
        Line($"{data.Source}{(data.Simulated && !data.Source.Contains("simulated", StringComparison.Ordinal) ? " (simulated)" : "")}: {data.Trials} trials x {data.Neurons} neurons");
        Line($"{result.Split}; {result.TestTrials} test trials; errors in degrees on the circle of {result.Period}; 95 % intervals from {result.Resamples} resamples");
        Line($"");
        Line($"{"decoder",-22}{"median error",-22}{"mean error",-22}{"R²",8}{"accuracy",10}{"seconds",9}   ours less this: median, mean");
        foreach (var entry in result.Decoders)
        {
            var accuracy = entry.Accuracy is { } value ? value.ToString("F3", CultureInfo.InvariantCulture) : "";
            var difference = entry is { MedianDifference: { } median, MeanDifference: { } mean } ? $"{median}, {mean}" : "";
            Line($"{entry.Name,-22}{entry.MedianAbsoluteErrorDegrees.ToString(),-22}{entry.MeanAbsoluteErrorDegrees.ToString(),-22}{entry.R2,8:F4}{accuracy,10}{entry.Seconds,9:F1}   {difference}");
        }

        foreach (var refusal in result.Refused)
        {
            Line($"{refusal.Name,-22}not possible: {refusal.Reason}");
        }

        Line($"");
        Line($"shuffled control      mean error {result.Shuffled.MeanAbsoluteErrorDegrees.ToString()}, chance {result.Shuffled.ChanceDegrees:F1}");
        if (result.Ideal is { } ideal)
        {
            Line($"ideal observer        median error {ideal.Observer.MedianAbsoluteErrorDegrees:F3} ({ideal.Observer.KnownSharedMedianDegrees:F3} if shared noise were known); our efficiency {ideal.Efficiency:P0}");
        }

        FolderOutput.Print(parse, result.Run, width: 22);
    }
}
