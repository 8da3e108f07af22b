using System.CommandLine;
using Autodiff.Kernels;
using Decoder.Folders;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder train</c>: a decoder from a recording.</summary>
internal static class TrainCommand
{
    private static readonly TrainOptions Options = new();

    private static readonly DeviceOption DeviceName = new();

    private static readonly OutOption Out = new(FolderKind.Run);

    private static readonly Option<bool> Png = new("--png")
    {
        Description = "Draw the figures as PNG too.",
    };

    private static readonly ResumeOption Resume = new(FolderKind.Run, "Continue an interrupted run with the options it was started with; it ends as if it had never been interrupted.");

    public static Command Create()
    {
        Options.Recordings.Description =
            "Recordings, as with --data. Several are trained one after the other, each with a model of its own in a folder of its own, and compared in a table at the end.";
        var command = new Command("train", "Train a network that decodes the stimulus from the responses, and judge it on data it has not seen.") { Options.Recordings };
        foreach (var option in Options.All)
        {
            command.Options.Add(option);
        }

        command.Options.Add(DeviceName.Option);
        command.Options.Add(Out.Option);
        command.Options.Add(Png);
        command.Options.Add(Resume.Option);
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder train",
            "decoder train --optimizer sgd --learning-rate 1e-4 --hidden 10 --epochs 50",
            "decoder train --data recording.npz --loss circular --period 180 --out runs/orientation",
            "decoder train --data recording.npz --loss classes --classes 20 --folds 5 --json",
            "decoder train session.mat --resp neural/dff --stimuli stim/angles --running wheel/speed --keep still",
            "decoder train monday.npz tuesday.npz wednesday.npz --loss circular --out runs/week",
            "decoder train --resume runs/orientation");
        return command;
    }

    private static Task<int> RunAsync(ParseResult parse, CancellationToken cancellation) =>
        parse.GetValue(Resume.Option) is { } path ? ContinueAsync(path, parse, cancellation) : StartAsync(parse, cancellation);

    private static async Task<int> StartAsync(ParseResult parse, CancellationToken cancellation)
    {
        // Everything that can be refused is refused before a recording is read or simulated.
        var (sources, model, training) = (Options.Sources(parse), Options.Model(parse), Options.Training(parse));
        var name = parse.GetValue(DeviceName.Option);
        var device = DeviceOption.Resolve(name);
        var path = Out.Resolve(parse);
        if (sources.Count > 1)
        {
            return await SeveralRecordings.TrainAsync(
                sources, path, parse, (source, folder) => StartAsync(source, folder, model, training, name, device, parse, cancellation));
        }

        var (configuration, result) = await StartAsync(sources[0], path, model, training, name, device, parse, cancellation);
        return Finish(configuration, result, parse);
    }

    private static async Task<(RunConfiguration Configuration, RunResult? Result)> StartAsync(
        RecordingSource source, string path, ModelOptions model, TrainingOptions training, string? deviceName, Device device, ParseResult parse, CancellationToken cancellation)
    {
        var recording = await source.LoadAsync(cancellation);
        RecordingOptions.Tell(recording.Notes, parse);
        var configuration = new RunConfiguration
        {
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Model = model,
            Training = training,
            Device = deviceName,
        };
        TrainingRun.Check(recording, model, training);
        cancellation.ThrowIfCancellationRequested();
        return (configuration, await TrainAsync(RunFolder.Create(path, configuration), configuration, recording, device, parse, cancellation));
    }

    private static async Task<int> ContinueAsync(string path, ParseResult parse, CancellationToken cancellation)
    {
        Resume.Refuse(parse, Options.Recordings, [.. Options.All, Out.Option]);
        var folder = RunFolder.Open(path);
        if (folder.ReadResult() is not null)
        {
            throw new InvalidInputException($"The run in '{path}' is finished. 'decoder evaluate {path}' shows its result.");
        }

        var configuration = folder.ReadConfiguration();
        configuration.RefuseTrial(path, "Continue the search with 'decoder sweep --resume'.");
        var device = DeviceOption.Resolve(parse.GetValue(DeviceName.Option) ?? configuration.Device);
        var recording = await configuration.Data.LoadAgainAsync(configuration.Identity, cancellation);
        return Finish(configuration, await TrainAsync(folder, configuration, recording, device, parse, cancellation), parse);
    }

    private static int Finish(RunConfiguration configuration, RunResult? result, ParseResult parse)
    {
        if (result is null)
        {
            return ExitCode.Interrupted;
        }

        ResultOutput.Print(parse, configuration, result, configuration.Identity.Source);
        if (!parse.GetValue(DecoderCommand.Json))
        {
            FolderOutput.Print(parse, result.Run);
        }

        return ExitCode.Success;
    }

    /// <summary>Trains; null where training was interrupted, which has then been said.</summary>
    private static async Task<RunResult?> TrainAsync(
        RunFolder folder, RunConfiguration configuration, Recording recording, Device device, ParseResult parse, CancellationToken cancellation)
    {
        var error = parse.InvocationConfiguration.Error;
        try
        {
            var run = new TrainingRun(folder, configuration, recording, device)
            {
                BeforeResult = () => RunFigures.Draw(folder, configuration, recording, parse.GetValue(Png), error),
            };
            return await ProgressDisplay.RunAsync("training", progress => run.Execute(progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            Resume.Interrupted(parse, folder.Root);
            return null;
        }
    }
}
