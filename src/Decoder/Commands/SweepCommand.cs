using System.CommandLine;
using System.Globalization;
using Autodiff.Kernels;
using Decoder.Figures;
using Decoder.Folders;
using Decoder.Recordings;
using Decoder.Sweeps;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder sweep</c>: which settings decode best.</summary>
internal static class SweepCommand
{
    private static readonly SweepOptions Options = new();

    private static readonly DeviceOption DeviceName = new();

    private static readonly Option<int?> ParallelTrials = new("--parallel")
    {
        Description = "How many trials to train at a time; they share the processors, and each needs memory for its data. [default: one per processor on the CPU, as memory allows; else 1]",
        HelpName = "N",
    };

    private static readonly OutOption Out = new(FolderKind.Search, "sweeps");

    private static readonly Option<bool> Png = new("--png") { Description = "Draw the figures as PNG too." };

    private static readonly ResumeOption Resume = new(FolderKind.Search, "Continue an interrupted search: finished trials are kept, the others go on where they were.");

    public static Command Create()
    {
        var command = new Command("sweep", "Search for the settings that decode best: the trials are judged on a part of the training set, the best of them on the test set.")
        {
            Options.Recordings,
        };
        RecordingOptions.Add(command, [.. Options.All, DeviceName.Option, ParallelTrials, Out.Option, Png, Resume.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder sweep",
            "decoder sweep recording.npz --loss circular --hidden none 20 100 100,100 --activation relu tanh",
            "decoder sweep recording.npz --loss classes --select-by nll --l1 0 1e-4 5e-4 --l2 0 1e-3 1e-2 --penalize input",
            "decoder sweep recording.npz --samples 40 --halving --learning-rate 1e-4..1e-1 --dropout 0..0.8 --hidden 10..300",
            "decoder sweep --resume sweeps/20260131-235959 --parallel 4");
        return command;
    }

    private static Task<int> RunAsync(ParseResult parse, CancellationToken cancellation) =>
        parse.GetValue(Resume.Option) is { } path ? ContinueAsync(path, parse, cancellation) : StartAsync(parse, cancellation);

    private static async Task<int> StartAsync(ParseResult parse, CancellationToken cancellation)
    {
        var source = Options.Source(parse);
        var (searched, trials, selectBy, halving) = Options.Read(parse, out var leftOut);
        var name = parse.GetValue(DeviceName.Option);
        var device = DeviceOption.Resolve(name);
        CheckParallel(parse);
        var path = Out.Resolve(parse);
        var error = parse.InvocationConfiguration.Error;
        foreach (var reason in leftOut)
        {
            error.WriteLine($"decoder: combinations are left out that contradict themselves: {reason}");
        }

        var recording = await source.LoadAsync(cancellation);
        RecordingOptions.Tell(recording.Notes, parse);
        foreach (var trial in trials)
        {
            TrainingRun.Check(recording, trial.Model, trial.Training);
        }

        cancellation.ThrowIfCancellationRequested();
        var configuration = new SweepConfiguration
        {
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Searched = searched,
            Trials = trials,
            SelectBy = selectBy,
            Halving = halving,
            Device = name,
        };
        return await SearchAsync(SweepFolder.Create(path, configuration), configuration, recording, device, parse, cancellation);
    }

    private static async Task<int> ContinueAsync(string path, ParseResult parse, CancellationToken cancellation)
    {
        Resume.Refuse(parse, Options.Recordings, [.. Options.All, Out.Option]);
        CheckParallel(parse);
        var folder = SweepFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        if (folder.ReadResult() is { } finished)
        {
            parse.InvocationConfiguration.Error.WriteLine($"decoder: the search in '{path}' is finished; this is its result.");
            Draw(folder, configuration, recording: null, finished, parse);
            SweepOutput.Print(parse, configuration, finished);
            return ExitCode.Success;
        }

        var device = DeviceOption.Resolve(parse.GetValue(DeviceName.Option) ?? configuration.Device);
        var recording = await configuration.Data.LoadAgainAsync(configuration.Identity, cancellation);
        return await SearchAsync(folder, configuration, recording, device, parse, cancellation);
    }

    private static async Task<int> SearchAsync(
        SweepFolder folder, SweepConfiguration configuration, Recording recording, Device device, ParseResult parse, CancellationToken cancellation)
    {
        var parallel = parse.GetValue(ParallelTrials) ?? DefaultParallel(configuration.Trials.Count, recording, device);
        try
        {
            var run = new SweepRun(folder, configuration, recording, device, parallel) { BeforeResult = result => Draw(folder, configuration, recording, result, parse) };
            var result = await ProgressDisplay.RunAsync("searching", progress => run.Execute(progress, cancellation));
            SweepOutput.Print(parse, configuration, result);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return Resume.Interrupted(parse, folder.Root);
        }
    }

    private static void Draw(SweepFolder folder, SweepConfiguration configuration, Recording? recording, SweepResult result, ParseResult parse)
    {
        var (png, error) = (parse.GetValue(Png), parse.InvocationConfiguration.Error);
        var figures = configuration.Searched.Select(name => ($"validation-by-{name}", SweepFigure.Create(name, result, configuration)));
        FigureFile.Write(figures, folder.Figures, png, error);
        var winner = RunFolder.Open(folder.Winner);
        RunFigures.Draw(winner, winner.ReadConfiguration(), recording, png, error);
    }

    private static void CheckParallel(ParseResult parse)
    {
        if (parse.GetValue(ParallelTrials) is { } parallel and (< 1 or > 1024))
        {
            throw new InvalidInputException($"--parallel {parallel}: from 1 to 1024 trials at a time are possible.");
        }
    }

    /// <summary>Small networks leave most of a processor to others, so trials side by side are faster than threads within one.</summary>
    private static int DefaultParallel(int trials, Recording recording, Device device)
    {
        var bytes = Math.Max(1, (long)recording.Responses.Length * sizeof(float));
        var affordable = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / bytes;
        return device.Kind == DeviceKind.Cpu ? (int)Math.Clamp(affordable, 1, Math.Min(trials, Device.CpuThreads)) : 1;
    }
}
