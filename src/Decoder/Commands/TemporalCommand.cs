using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Autodiff;
using Decoder.Figures;
using Decoder.Folders;
using Decoder.Models;
using Decoder.Temporal;
using Decoder.Terminal;
using Decoder.Training;
using OxyPlot;

namespace Decoder.Commands;

/// <summary><c>decoder temporal</c>: decoders that know the course of responses, and when it can be decoded.</summary>
internal static class TemporalCommand
{
    private static readonly RecordingOptions Reading = new();

    private static readonly DeviceOption DeviceName = new();

    private static readonly Argument<string> Recording = new("FILE")
    {
        Description = "A .npz with the arrays dff (trials x neurons x times), time (seconds) and stimuli (degrees), or a .npy of the traces.",
    };

    private static readonly Option<string?> Traces = new("--traces")
    {
        Description = "The array of the traces. [default: dff]",
        HelpName = "NAME",
    };

    private static readonly Option<string> Time = new("--time")
    {
        Description = "The array of the times, or a file that has them.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "time",
    };

    private static readonly Option<double> Onset = new("--onset")
    {
        Description = "The time at which the stimulus begins. Each trial's mean before it is taken off.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<double> Bin = new("--bin")
    {
        Description = "Width of time bins.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 0.25,
    };

    private static readonly Option<string> ModelName = new("--model")
    {
        Description = "What to compare with the decoder of the mean response: a linear decoder of the history of time lags, convolutions over time, a gated recurrent unit, or all of them.",
        HelpName = "lags|conv|gru|all",
        DefaultValueFactory = _ => "all",
    };

    private static readonly Option<string> LossName = new("--loss")
    {
        Description = "Decode classes, or the sine and cosine of the angle.",
        HelpName = "classes|circular",
        DefaultValueFactory = _ => "classes",
    };

    private static readonly Option<int> Period = new("--period")
    {
        Description = "360 to decode direction, 180 to decode orientation.",
        HelpName = "360|180",
        DefaultValueFactory = _ => 360,
    };

    private static readonly Option<int> Folds = new("--folds")
    {
        Description = "Each trial is a test trial once.",
        HelpName = "K",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<int> Epochs = new("--epochs")
    {
        Description = "Full-batch steps of Adam for each network.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides the folds, initial values and the shuffled control.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly OutOption Out = new(FolderKind.Temporal);

    public static Command Create()
    {
        ModelName.AcceptOnlyFromAmong("lags", "conv", "gru", "all");
        LossName.AcceptOnlyFromAmong("classes", "circular");
        var command = new Command(
            "temporal", "Decode from the course of responses, by time lags, convolutions and a recurrent network, and show from when on the stimulus can be decoded.")
        {
            Recording,
        };
        RecordingOptions.Add(
            command, [Traces, Time, Reading.Stimuli, Reading.Radians, Onset, Bin, ModelName, LossName, Period, Folds, Epochs, Seed, DeviceName.Option, Out.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder temporal recording.npz",
            "decoder temporal recording.npz --model gru --loss circular --period 180",
            "decoder temporal traces.npy --stimuli degrees.npy --time seconds.npy --onset 1");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var (period, folds, epochs, bin, onset) =
            (parse.GetValue(Period), parse.GetValue(Folds), parse.GetValue(Epochs), parse.GetValue(Bin), parse.GetValue(Onset));
        InvalidInputException.ThrowIf(period is not (180 or 360), $"--period {period}: it is 360 for direction or 180 for orientation.");
        InvalidInputException.ThrowIf(folds < 2, $"--folds {folds}: at least 2 are needed.");
        InvalidInputException.ThrowIf(epochs < 1, $"--epochs is {epochs}; it must be at least 1.");
        InvalidInputException.ThrowIf(!(bin > 0 && double.IsFinite(bin)), $"--bin is {bin}; it must be positive and finite, in seconds.");
        InvalidInputException.ThrowIf(!double.IsFinite(onset), $"--onset is {onset}; it must be finite, in seconds.");
        var device = DeviceOption.Resolve(parse.GetValue(DeviceName.Option));
        var path = Out.Resolve(parse);
        var (file, reading, traces) = (parse.GetValue(Recording)!, Reading.Reading(parse), parse.GetValue(Traces));
        var time = parse.GetValue(Time)! is var name && File.Exists(name) ? Path.GetFullPath(name) : name;
        var recording = TraceReader.Read(file, reading, traces, time, onset);
        InvalidInputException.ThrowIf(folds > recording.TrialCount, $"--folds {folds}: there are {recording.TrialCount} trials, and each fold needs one to test.");
        var options = new TemporalOptions
        {
            Output = TemporalOptions.OutputFor(Enum.Parse<LossKind>(parse.GetValue(LossName)!, ignoreCase: true), period, recording.Stimuli),
            Folds = folds,
            BinWidth = bin,
            Epochs = epochs,
            Seed = parse.GetValue(Seed),
        };
        var run = new TemporalRun(recording, options, device);
        TemporalModel[] models = Enum.TryParse<TemporalModel>(parse.GetValue(ModelName), ignoreCase: true, out var model)
            ? [model]
            : [TemporalModel.Lags, TemporalModel.Conv, TemporalModel.Gru];
        var result = await ProgressDisplay.RunAsync("decoding", progress => run.Execute(models, path, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        var folder = TemporalFolder.Create(path, new()
        {
            Data = new() { File = Path.GetFullPath(file), Reading = reading },
            Identity = RecordingIdentity.Of(recording),
            Traces = traces,
            Time = time,
            Onset = onset,
            Models = models,
            Options = options,
            Device = parse.GetValue(DeviceName.Option),
        });
        Save(folder, result, parse);
        Print(parse, result);
        return ExitCode.Success;
    }

    /// <summary>Writes predictions, figures, and last the result, whose presence says that all is there.</summary>
    private static void Save(TemporalFolder folder, TemporalResult result, ParseResult parse)
    {
        foreach (var score in result.Models)
        {
            folder.WritePredictions(score.Model, score.Predictions);
        }

        FigureFile.Write(Figures(result), folder.Figures, png: false, parse.InvocationConfiguration.Error);
        folder.WriteResult(result);
    }

    private static IEnumerable<(string Name, PlotModel Figure)> Figures(TemporalResult result)
    {
        yield return ("models", ComparisonFigure.Create(
            [.. result.Models.Select(score => (NameOf(score.Model), score.MeanAbsoluteErrorDegrees))], ideal: null, result.Simulated, "mean"));
        var middle = (BinScore bin) => (bin.StartSeconds + bin.EndSeconds) / 2;
        yield return ("error-course", TimeCourseFigure.Create(
            [.. result.Course.Select(bin => (middle(bin), bin.MeanAbsoluteErrorDegrees))], "mean absolute error (degrees)", result.Period / 4.0, 0.3 * result.Period, result.Simulated));
        if (result.Classes is { } classes)
        {
            yield return ("accuracy-course", TimeCourseFigure.Create(
                [.. result.Course.Select(bin => (middle(bin), bin.Accuracy!.Value))], "accuracy", 1.0 / classes, 1, result.Simulated));
        }

        foreach (var score in result.Models)
        {
            yield return ($"decoded-{NameOf(score.Model)}", DecodedFigure.Create(
                [.. score.Predictions.Select(prediction => prediction.Actual)], [.. score.Predictions.Select(prediction => prediction.Decoded)], result.Period, result.Simulated));
        }
    }

    private static string NameOf(TemporalModel model) => ChoiceName.Of(model.ToString());

    private static void Print(ParseResult parse, TemporalResult result)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, TemporalJson.Default.TemporalResult));
            return;
        }

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        var chance = result.Classes is { } classes ? FormattableString.Invariant($", chance {1.0 / classes:F3}") : "";
        Line($"{result.Source}: {result.Trials} trials x {result.Neurons} neurons, bins of {result.BinSeconds:G3} s; {result.Folds} folds");
        Line($"errors in degrees on the circle of {result.Period}, chance {result.Period / 4.0:F0}{chance}; 95 % intervals");
        Line($"");
        Line($"{"decoder",-10}{"accuracy",10}  {"mean error",-22}{"less that of static",-24}{"shuffled: error",16}");
        foreach (var score in result.Models)
        {
            var accuracy = score.Scores.Accuracy?.ToString("F3", CultureInfo.InvariantCulture) ?? "";
            Line($"{NameOf(score.Model),-10}{accuracy,10}  {score.MeanAbsoluteErrorDegrees.ToString(),-22}{score.DifferenceDegrees?.ToString(),-24}{score.Shuffled.MeanAbsoluteErrorDegrees,16:F1}");
        }

        Line($"");
        Line($"{"seconds",-16}{"accuracy",10}  {"mean error",-22}");
        foreach (var bin in result.Course)
        {
            var accuracy = bin.Scores.Accuracy?.ToString("F3", CultureInfo.InvariantCulture) ?? "";
            Line($"{FormattableString.Invariant($"{bin.StartSeconds:F2} to {bin.EndSeconds:F2}"),-16}{accuracy,10}  {bin.MeanAbsoluteErrorDegrees.ToString(),-22}");
        }

        FolderOutput.Print(parse, result.Run, width: 16);
    }
}
