using System.CommandLine;
using Autodiff;
using Decoder.Evaluation;
using Decoder.Folders;
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

    private static readonly Option<string?> Figures = new("--figures")
    {
        Description = "Also draw the confusion of classes, the calibration of the predicted uncertainty and the discrimination of angles, with their values in evaluation.json; "
            + "in a folder of their own with predictions and scores, or among those of the run. [default: RUN/figures]",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Png = new("--png") { Description = "Draw the figures as PNG too." };

    private static readonly DeviceOption DeviceName = new();

    public static Command Create()
    {
        var command = new Command("evaluate", "Decode with a trained model and compare with the stimuli.") { Run, Data };
        RecordingOptions.Add(command, [.. Reading.OfArrays, .. Reading.OfRows, Figures, Png, DeviceName.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder evaluate runs/orientation", "decoder evaluate runs/orientation --figures", "decoder evaluate runs/orientation --data second-day.npz --figures runs/second-day");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var hasFigures = parse.GetResult(Figures) is { Implicit: false };
        if (parse.GetValue(Png) && !hasFigures)
        {
            throw new InvalidInputException("--png needs --figures, which draws them.");
        }

        var run = TrainedRun.Open(parse.GetRequiredValue(Run), parse.GetValue(DeviceName.Option));
        var (file, path) = (parse.GetValue(Data), parse.GetValue(Figures));
        if (file is null)
        {
            Reading.RefuseWithout(Data, parse);
        }
        else if (hasFigures && path is null)
        {
            throw new InvalidInputException($"--figures goes to '{run.Folder.Figures}', which has those of the run's own recording; name another folder for those of {file}: --figures DIR.");
        }

        if (hasFigures)
        {
            run.Configuration.RefuseTrial(run.Folder.Root, "Draw figures of the winner of the search.");
        }

        if (path is not null)
        {
            NewFolder.EnsureFree(path, FolderKind.Evaluation);
        }
        else if (hasFigures)
        {
            AtomicFile.EnsureWritable(Path.Combine(run.Folder.Root, FolderKind.Result));
        }

        var source = file is null ? run.Configuration.Data : Reading.Source(file, parse);
        var recording = file is null
            ? await source.LoadAgainAsync(run.Configuration.Identity, cancellation)
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
            Run = path ?? run.Folder.Root,
        };
        var evaluation = TestEvaluation.Compute(predictions, run.Model.Objective);
        cancellation.ThrowIfCancellationRequested();
        if (path is not null)
        {
            var folder = EvaluationFolder.Create(path, new()
            {
                Data = source,
                Identity = RecordingIdentity.Of(recording),
                Run = Path.GetFullPath(run.Folder.Root),
                Trained = run.Configuration,
                IsTestSet = file is null,
                Device = parse.GetValue(DeviceName.Option),
            });
            folder.WritePredictions(predictions);
            RunFigures.DrawPredictions(folder.Figures, predictions, run.Model.Objective, recording.IsSimulated, parse.GetValue(Png), parse.InvocationConfiguration.Error);
            Draw(folder.Figures);
            folder.WriteResult(result);
        }
        else if (hasFigures)
        {
            Draw(run.Folder.Figures);
        }

        void Draw(string folder) =>
            EvaluationOutput.Write(folder, evaluation, run.Model.Objective, recording.IsSimulated, parse.GetValue(Png), parse.InvocationConfiguration.Error);

        ResultOutput.Print(parse, run.Configuration, result, recording.Source);
        if (!parse.GetValue(DecoderCommand.Json))
        {
            EvaluationOutput.Print(parse.InvocationConfiguration.Output, evaluation);
            FolderOutput.Print(parse, result.Run);
        }

        return ExitCode.Success;
    }
}
