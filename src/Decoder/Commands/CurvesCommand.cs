using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decoder.Curves;
using Decoder.Figures;
using Decoder.Folders;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;
using OxyPlot;

namespace Decoder.Commands;

/// <summary><c>decoder curves</c>: how the error falls with neurons and trials.</summary>
internal static class CurvesCommand
{
    private static readonly TrainingDataOptions Data = new(simulatedTrials: "kept as they are");

    private static readonly Option<string> DecoderName = new("--decoder")
    {
        Description = "What is refitted on each part: one of the decoders of 'decoder compare', or network, that of 'decoder train --loss circular'.",
        HelpName = string.Join('|', CurveDecoders.Names),
        DefaultValueFactory = _ => CurveDecoders.Names[0],
    };

    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Epochs of --decoder network. [default: as for train]", HelpName = "N" };

    private static readonly Option<int> Period = new("--period")
    {
        Description = "360 to decode direction, 180 to decode orientation.",
        HelpName = "360|180",
        DefaultValueFactory = _ => 360,
    };

    private static readonly Option<int[]?> NeuronCounts = Counts("--neuron-counts", "Numbers of neurons. [default: 10, 25, 50, 100, ... to all]");

    private static readonly Option<int[]?> TrialCounts = Counts("--trial-counts", "Numbers of training trials. [default: 50, 100, 250, ... to all]");

    private static readonly Option<int> Repeats = new("--repeats")
    {
        Description = "Random subsets of each size, halvings of the neurons, and shufflings of the stimuli.",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides the simulation, the subsets and the shuffling.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly DeviceOption DeviceName = new();

    private static readonly OutOption Out = new(FolderKind.Curves);

    private static readonly Option<bool> Png = new("--png") { Description = "Draw the figures as PNG too." };

    private static readonly ResumeOption Resume = new(FolderKind.Curves, "Continue after an interruption; refits that are finished are not done again.");

    public static Command Create()
    {
        DecoderName.AcceptOnlyFromAmong([.. CurveDecoders.Names]);
        var command = new Command(
            "curves",
            "Refit a decoder on random parts of a recording: error against number of neurons and of trials with the fit alpha + beta / sqrt(N), correlation of the errors of two halves "
            + "of the neurons, and the control with shuffled stimuli.")
        {
            Data.Recordings,
        };
        RecordingOptions.Add(command, [.. Data.All, .. Own, DeviceName.Option, Png, Resume.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder curves",
            "decoder curves recording.npz --period 180 --repeats 10",
            "decoder curves recording.npz --decoder network --epochs 200 --neuron-counts 100 1000 --trial-counts 500 2000",
            "decoder curves --resume runs/curves");
        return command;
    }

    private static IEnumerable<Option> Own => [DecoderName, Epochs, Period, NeuronCounts, TrialCounts, Repeats, Seed, Out.Option];

    private static Task<int> RunAsync(ParseResult parse, CancellationToken cancellation) =>
        parse.GetValue(Resume.Option) is { } path ? ContinueAsync(path, parse, cancellation) : StartAsync(parse, cancellation);

    private static async Task<int> StartAsync(ParseResult parse, CancellationToken cancellation)
    {
        var (period, repeats, seed, decoder, epochs) = (parse.GetValue(Period), parse.GetValue(Repeats), parse.GetValue(Seed), parse.GetValue(DecoderName)!, parse.GetValue(Epochs));
        InvalidInputException.ThrowIf(period is not (180 or 360), $"--period {period}: it is 360 for direction or 180 for orientation.");
        InvalidInputException.ThrowIf(repeats is < 1 or > 1000, $"--repeats {repeats}: from 1 to 1000 are possible.");
        InvalidInputException.ThrowIf(epochs < 1, $"--epochs {epochs}: at least 1 is needed.");
        InvalidInputException.ThrowIf(epochs is not null && decoder != CurveDecoders.Network, $"--epochs {epochs} is for --decoder network; {decoder} has none.");
        var source = Data.Source(parse, seed);
        source = source with { SingleTrials = source.File is null };
        var name = parse.GetValue(DeviceName.Option);
        DeviceOption.Resolve(name);
        var path = Out.Resolve(parse);
        var recording = await source.LoadAsync(cancellation);
        RecordingOptions.Tell(recording.Notes, parse);
        cancellation.ThrowIfCancellationRequested();
        var configuration = new CurvesConfiguration
        {
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Decoder = decoder,
            Epochs = epochs,
            Period = period,
            NeuronCounts = Chosen(parse, NeuronCounts, recording.NeuronCount, least: 2, first: 10),
            TrialCounts = Chosen(parse, TrialCounts, TrainingTrials(recording), least: 4, first: 50),
            Repeats = repeats,
            Seed = seed,
            Device = name,
        };
        return await ComputeAsync(CurvesFolder.Create(path, configuration), configuration, recording, parse, cancellation);
    }

    private static async Task<int> ContinueAsync(string path, ParseResult parse, CancellationToken cancellation)
    {
        Resume.Refuse(parse, Data.Recordings, [.. Data.All, .. Own]);
        var folder = CurvesFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var recording = await configuration.Data.LoadAgainAsync(configuration.Identity, cancellation);
        return await ComputeAsync(folder, configuration, recording, parse, cancellation);
    }

    private static async Task<int> ComputeAsync(CurvesFolder folder, CurvesConfiguration configuration, Recording recording, ParseResult parse, CancellationToken cancellation)
    {
        try
        {
            var decoder = CurveDecoders.Create(configuration, DeviceOption.Resolve(parse.GetValue(DeviceName.Option) ?? configuration.Device));
            void DrawAll(CurvesResult result) => FigureFile.Write(Draw(folder, result), folder.Figures, parse.GetValue(Png), parse.InvocationConfiguration.Error);
            var run = new CurvesRun(folder, configuration, recording, decoder) { BeforeResult = DrawAll };
            var result = folder.ReadResult();
            if (result is null)
            {
                result = await ProgressDisplay.RunAsync("refitting", progress => run.Execute(progress, cancellation));
            }
            else
            {
                DrawAll(result);
            }

            Print(parse, result);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return Resume.Interrupted(parse, folder.Root);
        }
    }

    private static IEnumerable<(string Name, PlotModel Figure)> Draw(CurvesFolder folder, CurvesResult result)
    {
        yield return ("neurons", CurveFigure.Create("neurons", result.Neurons, result.Decoder, result.Data.Simulated));
        yield return ("trials", CurveFigure.Create("training trials", result.Trials, result.Decoder, result.Data.Simulated));
        var rows = File.ReadLines(folder.Halves).Skip(1).Select(line => line.Split(',')).ToArray();
        double[] Column(int index) => Array.ConvertAll(rows, row => double.Parse(row[index], CultureInfo.InvariantCulture));
        var (first, second) = (Column(2), Column(3));
        yield return ("halves", HalvesFigure.Create(first, second, Evaluation.RankCorrelation.Compute(first, second), result.Data.Simulated));
    }

    private static void Print(ParseResult parse, CurvesResult result)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, CurvesJson.Default.CurvesResult));
            return;
        }

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"{result.Decoder}: {result.Data.Stimuli} trials x {result.Data.Neurons} neurons{(result.Data.Simulated ? " (simulated)" : "")}, {result.TestTrials} test trials; median errors in degrees on the circle of {result.Period}");
        foreach (var (name, curve) in new[] { ("neurons", result.Neurons), ("trials", result.Trials) })
        {
            Line($"");
            Line($"{name,9}  median error  deviation  subsets");
            foreach (var point in curve.Points)
            {
                Line($"{point.Count,9}  {point.MedianAbsoluteErrorDegrees,12:F2}  {point.StandardDeviation,9:F2}  {point.Repeats,7}");
            }

            if (curve.Fit is { } law)
            {
                Line($"      fit  {law.Alpha:F2} + {law.Beta:F1} / sqrt(N), from {curve.FittedFrom} on{(law.Alpha < 0 ? "; an asymptote below 0 says that the error still falls faster than the law" : "")}");
            }
        }

        Line($"");
        Line($"halves    errors correlate at {result.HalvesCorrelation:F2}; one half {result.Halves.OneDegrees:F2}, both averaged {result.Halves.AveragedDegrees:F2}");
        Line($"shuffled  mean error {result.ShuffledMeanDegrees:F1}, chance {result.ChanceMeanDegrees:F1}");
        FolderOutput.Print(parse, result.Run, width: 10);
    }

    private static int TrainingTrials(Recording recording)
    {
        try
        {
            return CurvesRun.Split(recording).Train.Length;
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException($"{recording.Source}: {e.Message}");
        }
    }

    /// <summary>The counts as given, or 10, 25, 50 times powers of ten, and all.</summary>
    private static List<int> Chosen(ParseResult parse, Option<int[]?> option, int all, int least, int first)
    {
        InvalidInputException.ThrowIf(all < 2 * least, $"The recording has {all} {(option == NeuronCounts ? "neurons" : "training trials")}; curves need at least {2 * least}.");
        if (parse.GetValue(option) is { Length: > 0 } counts)
        {
            foreach (var count in counts)
            {
                InvalidInputException.ThrowIf(count < least || count > all, $"{option.Name} {count}: from {least} to {all}, all of the recording, are possible.");
            }

            return [.. counts.Distinct().Order()];
        }

        var usual = Enumerable.Range(0, 8).SelectMany(power => new[] { 1.0, 2.5, 5 }.Select(factor => (int)(factor * 10 * Math.Pow(10, power))));
        return [.. usual.Where(count => count >= first && count < 0.8 * all), all];
    }

    private static Option<int[]?> Counts(string name, string description) => new(name) { Description = description, HelpName = "N", AllowMultipleArgumentsPerToken = true };
}
