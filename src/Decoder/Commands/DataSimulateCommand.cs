using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Autodiff;
using Decoder.Recordings;
using Decoder.Simulation;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder data simulate</c>: writes a simulated recording.</summary>
internal static class DataSimulateCommand
{
    private static readonly Option<int> Neurons = new("--neurons")
    {
        Description = "Number of neurons.",
        HelpName = "N",
        DefaultValueFactory = _ => SimulationOptions.DefaultNeurons,
    };

    private static readonly Option<int> Trials = new("--trials")
    {
        Description = "Number of stimulus presentations.",
        HelpName = "N",
        DefaultValueFactory = _ => SimulationOptions.DefaultTrials,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "The same seed gives the same recording, on any number of cores.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<bool> SingleTrials = new("--single-trials")
    {
        Description = "Keep every trial instead of the mean of the trials of each degree (434 MB by default).",
    };

    private static readonly Option<bool> Compress = new("--compress")
    {
        Description = "Deflate the arrays; about a tenth smaller.",
    };

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "The .npz file to write: arrays resp (stimuli x neurons), stimuli (degrees) and simulated.",
        HelpName = "FILE.npz",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("simulate", "Simulate the responses of mouse V1 to drifting gratings and write them as a recording.")
        {
            Neurons, Trials, Seed, SingleTrials, Compress, Out,
        };
        command.SetAction(RunAsync);
        ExampleHelp.Add(
            command,
            "decoder data simulate --out simulated.npz",
            "decoder data simulate --neurons 1000 --single-trials --seed 7 --out trials.npz");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var path = parse.GetRequiredValue(Out);
        var options = new SimulationOptions
        {
            Neurons = parse.GetValue(Neurons),
            Trials = parse.GetValue(Trials),
            Seed = parse.GetValue(Seed),
        };
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException($"--out {path}: recordings are written as .npz; name the file {path}.npz.");
        }

        AtomicFile.EnsureWritable(path);
        var singleTrials = parse.GetValue(SingleTrials);
        var watch = Stopwatch.StartNew();
        var recording = await Simulate(options, singleTrials, cancellation);
        cancellation.ThrowIfCancellationRequested();
        RecordingWriter.Write(recording, path, parse.GetValue(Compress));
        var bytes = new FileInfo(path).Length;

        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            JsonOutput.Print(output, json =>
            {
                json.WriteStartObject("data");
                json.WriteNumber("neurons", recording.NeuronCount);
                json.WriteNumber("stimuli", recording.StimulusCount);
                json.WriteBoolean("simulated", true);
                json.WriteEndObject();
                json.WriteNumber("trials", options.Trials);
                json.WriteNumber("seed", options.Seed);
                json.WriteBoolean("singleTrials", singleTrials);
                json.WriteString("file", path);
                json.WriteNumber("bytes", bytes);
                json.WriteNumber("seconds", Math.Round(watch.Elapsed.TotalSeconds, 3));
            });
        }
        else
        {
            var rows = singleTrials ? "trials" : "stimuli";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {recording.StimulusCount} {rows} x {recording.NeuronCount} neurons, simulated (seed {options.Seed}), ")
                + string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB, {watch.Elapsed.TotalSeconds:F1} s"));
        }

        return ExitCode.Success;
    }

    private static async Task<Recording> Simulate(SimulationOptions options, bool singleTrials, CancellationToken cancellation)
    {
        try
        {
            return await ProgressDisplay.RunAsync("simulating", progress => singleTrials
                ? PopulationSimulator.SimulateTrials(options, progress, cancellation)
                : PopulationSimulator.SimulateBinned(options, progress, cancellation));
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }
}
