using System.CommandLine;
using System.Globalization;
using Decoder.Simulation;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>The options of <c>decoder train</c> and <c>decoder compare</c> that say what to learn from: recordings, or the simulator.</summary>
internal sealed class TrainingDataOptions
{
    private readonly RecordingOptions _reading = new();

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "A recording: .npz, .npy, .mat (up to v7.2) or .csv; without any, one is simulated.",
        HelpName = "FILE",
    };

    /// <summary>Makes the options.</summary>
    /// <param name="simulatedTrials">What becomes of simulated trials.</param>
    public TrainingDataOptions(string simulatedTrials = "averaged per degree")
    {
        _reading.Neurons.Description += $" Without a recording, the number of simulated ones. [default: all; {SimulationOptions.DefaultNeurons} simulated]";
        _reading.Trials.Description += $" Without a recording, the number of simulated ones, which are {simulatedTrials}. [default: all; {SimulationOptions.DefaultTrials} simulated]";
    }

    /// <summary>Recordings as plain arguments.</summary>
    public Argument<string[]> Recordings { get; } = new("RECORDING")
    {
        Description = "A recording, as with --data.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>All options, in the order in which help shows them.</summary>
    public IReadOnlyList<Option> All => [_data, .. _reading.All];

    /// <summary>Where the recordings are from.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="seed">The seed of a simulation.</param>
    /// <exception cref="InvalidInputException">Options contradict each other.</exception>
    public IReadOnlyList<RecordingSource> Sources(ParseResult parse, ulong seed)
    {
        string[] files = [.. parse.GetValue(Recordings) ?? [], .. parse.GetValue(_data) ?? []];
        if (files.Length > 0)
        {
            return [.. files.Select(file => _reading.Source(file, parse))];
        }

        foreach (var option in _reading.All.Except([_reading.Neurons, _reading.Trials, _reading.BinWidth]))
        {
            if (parse.GetResult(option) is { Implicit: false })
            {
                throw new InvalidInputException($"{option.Name} needs the file with the responses: --data FILE.");
            }
        }

        return
        [
            new RecordingSource
            {
                Neurons = Number(_reading.Neurons, parse) ?? SimulationOptions.DefaultNeurons,
                Trials = Number(_reading.Trials, parse) ?? SimulationOptions.DefaultTrials,
                Seed = seed,
                BinWidth = parse.GetValue(_reading.BinWidth),
            },
        ];
    }

    /// <summary>Where the recording is from, for commands that take one.</summary>
    /// <inheritdoc cref="Sources"/>
    /// <exception cref="InvalidInputException">There are several, or options contradict each other.</exception>
    public RecordingSource Source(ParseResult parse, ulong seed)
    {
        var sources = Sources(parse, seed);
        return sources.Count == 1 ? sources[0] : throw new InvalidInputException(
            $"{sources.Count} recordings are given; 'decoder {parse.CommandResult.Command.Name}' takes one. Start it once for each: {string.Join(", ", sources.Select(source => source.File))}.");
    }

    private static int? Number(Option<string?> option, ParseResult parse) => parse.GetValue(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidInputException($"{option.Name} {text}: without --data a recording is simulated, and a number is needed.");
}
