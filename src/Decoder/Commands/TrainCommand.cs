using System.CommandLine;
using System.Reflection;
using Autodiff.Kernels;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder train</c>: a decoder from a recording.</summary>
internal static class TrainCommand
{
    private static readonly TrainOptions Options = new();

    private static readonly DeviceOption DeviceName = new();

    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "The folder to make for the run. [default: runs/DATE-TIME]",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Png = new("--png")
    {
        Description = "Draw the figures as PNG too.",
    };

    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Continue an interrupted run with the options it was started with; it ends as if it had never been interrupted.",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("train", "Train a network that decodes the stimulus from the responses, and judge it on data it has not seen.");
        foreach (var option in Options.All)
        {
            command.Options.Add(option);
        }

        command.Options.Add(DeviceName.Option);
        command.Options.Add(Out);
        command.Options.Add(Png);
        command.Options.Add(Resume);
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder train",
            "decoder train --optimizer sgd --learning-rate 1e-4 --hidden 10 --epochs 50",
            "decoder train --data recording.npz --loss circular --period 180 --out runs/orientation",
            "decoder train --data recording.npz --loss classes --classes 20 --folds 5 --json",
            "decoder train --resume runs/orientation");
        return command;
    }

    private static Task<int> RunAsync(ParseResult parse, CancellationToken cancellation) =>
        parse.GetValue(Resume) is { } path ? ContinueAsync(path, parse, cancellation) : StartAsync(parse, cancellation);

    private static async Task<int> StartAsync(ParseResult parse, CancellationToken cancellation)
    {
        // Everything that can be refused is refused before the recording is read or simulated.
        var (source, model, training) = (Options.Source(parse), Options.Model(parse), Options.Training(parse));
        var name = parse.GetValue(DeviceName.Option);
        var device = DeviceOption.Resolve(name);
        var path = parse.GetValue(Out) ?? RunFolder.DefaultName();
        RunFolder.EnsureFree(path);
        var recording = await source.LoadAsync(cancellation);
        var configuration = new RunConfiguration
        {
            Format = RunConfiguration.CurrentFormat,
            Version = typeof(TrainCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Model = model,
            Training = training,
            Device = name,
        };
        TrainingRun.Check(recording, training);
        cancellation.ThrowIfCancellationRequested();
        return await TrainAsync(RunFolder.Create(path, configuration), configuration, recording, device, parse, cancellation);
    }

    private static async Task<int> ContinueAsync(string path, ParseResult parse, CancellationToken cancellation)
    {
        var given = Options.Given(parse).ToList();
        if (parse.GetValue(Out) is not null)
        {
            given.Add(Out.Name);
        }

        if (given.Count > 0)
        {
            throw new InvalidInputException(
                $"--resume goes on with the options of the run; leave out {string.Join(", ", given)}, or start a new run without --resume.");
        }

        var folder = RunFolder.Open(path);
        if (folder.ReadResult() is not null)
        {
            throw new InvalidInputException($"The run in '{path}' is finished. 'decoder evaluate {path}' shows its result.");
        }

        var configuration = folder.ReadConfiguration();
        var device = DeviceOption.Resolve(parse.GetValue(DeviceName.Option) ?? configuration.Device);
        var recording = await configuration.LoadRecordingAsync(cancellation);
        return await TrainAsync(folder, configuration, recording, device, parse, cancellation);
    }

    private static async Task<int> TrainAsync(
        RunFolder folder, RunConfiguration configuration, Recording recording, Device device, ParseResult parse, CancellationToken cancellation)
    {
        var error = parse.InvocationConfiguration.Error;
        try
        {
            var run = new TrainingRun(folder, configuration, recording, device);
            var result = await ProgressDisplay.RunAsync("training", progress => run.Execute(progress, cancellation));
            RunFigures.Draw(folder, configuration, recording, parse.GetValue(Png), error);
            ResultOutput.Print(parse, configuration, result, recording.Source);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine($"decoder: interrupted. Continue with: decoder train --resume {folder.Root}");
            return ExitCode.Interrupted;
        }
    }
}
