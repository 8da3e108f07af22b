using System.CommandLine;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder evaluate</c>: how well a trained decoder does.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of a run." };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Another recording of the same neurons, decoded as a whole. [default: the run's own, and of that the test set]",
        HelpName = "FILE",
    };

    private static readonly RecordingOptions Reading = new();

    private static readonly DeviceOption DeviceName = new();

    public static Command Create()
    {
        var command = new Command("evaluate", "Decode with a trained model and compare with the stimuli.") { Run, Data };
        RecordingOptions.Add(command, [.. Reading.OfArrays, .. Reading.OfRows, DeviceName.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder evaluate runs/orientation", "decoder evaluate runs/orientation --data second-day.npz --json");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var run = TrainedRun.Open(parse.GetRequiredValue(Run), parse.GetValue(DeviceName.Option));
        var file = parse.GetValue(Data);
        if (file is null)
        {
            Reading.RefuseWithout(Data, parse);
        }

        var recording = file is null
            ? await run.Configuration.LoadRecordingAsync(cancellation)
            : run.Select(Reading.Read(file, parse));
        var rows = file is null
            ? run.Configuration.Training.Split(recording).Test
            : [.. Enumerable.Range(0, recording.StimulusCount)];
        var predictions = await Task.Run(() => run.Model.Predict(recording, rows), cancellation);
        var result = run.Result with
        {
            Data = new(recording.NeuronCount, recording.StimulusCount, recording.IsSimulated),
            Device = run.Device.Name,
            Test = DecodingScores.Compute(predictions, run.Model.Objective),
            Run = run.Folder.Root,
        };
        ResultOutput.Print(parse, run.Configuration, result, recording.Source);
        return ExitCode.Success;
    }
}
