using System.CommandLine;
using System.Globalization;
using Autodiff;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder predict</c>: the decoded angle of every row of a recording.</summary>
internal static class PredictCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of a run." };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "A recording of the same neurons; the stimuli need not be known.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly RecordingOptions Reading = new();

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "The table to write: row, decoded, actual (empty where not known) and, for --loss von-mises, circularDeviation; for classes, class, actualClass, probability, nll. [default: standard output]",
        HelpName = "FILE.csv",
    };

    private static readonly DeviceOption DeviceName = new();

    public static Command Create()
    {
        var command = new Command("predict", "Decode every row of a recording.") { Run, Data };
        RecordingOptions.Add(command, [.. Reading.OfArrays, Out, DeviceName.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder predict runs/orientation --data second-day.npz",
            "decoder predict runs/orientation --data responses.npy --out decoded.csv");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var path = parse.GetValue(Out);
        if (path is not null)
        {
            AtomicFile.EnsureWritable(path);
        }

        var run = TrainedRun.Open(parse.GetRequiredValue(Run), parse.GetValue(DeviceName.Option));
        var file = parse.GetRequiredValue(Data);
        var notes = new List<string>();
        var responses = run.Select(ResponseReader.Read(file, Reading.Reading(parse), run.RecordedNeurons, notes), file);
        RecordingOptions.Tell(notes, parse);
        var predictions = await Task.Run(() => run.Model.Predict(responses), cancellation);
        if (path is not null)
        {
            PredictionTable.Write(path, predictions);
        }

        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            PrintJson(output, predictions, run.Model.Objective.Period, path);
        }
        else if (path is null)
        {
            output.Write(PredictionTable.Format(predictions));
        }
        else
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {predictions.Length} rows decoded"));
        }

        return ExitCode.Success;
    }

    private static void PrintJson(TextWriter output, Prediction[] predictions, double period, string? path) => JsonOutput.Print(output, json =>
    {
        json.WriteNumber("rows", predictions.Length);
        json.WriteNumber("period", period);
        if (path is not null)
        {
            json.WriteString("file", path);
            return;
        }

        json.WriteStartArray("decodedDegrees");
        foreach (var prediction in predictions)
        {
            json.WriteNumberValue(prediction.Decoded);
        }

        json.WriteEndArray();
        if (predictions.Any(prediction => prediction.CircularDeviation is not null))
        {
            json.WriteStartArray("circularDeviationDegrees");
            foreach (var prediction in predictions)
            {
                json.WriteNumberValue(Math.Min(prediction.CircularDeviation!.Value, double.MaxValue));
            }

            json.WriteEndArray();
        }
    });
}
