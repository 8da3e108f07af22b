using System.CommandLine;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>The options with which every command that reads a recording says how.</summary>
internal sealed class RecordingOptions
{
    /// <summary>Which array has the responses.</summary>
    public Option<string?> Responses { get; } = new("--resp")
    {
        Description = "The array of the responses, such as session/dff; 'decoder data info' shows what there is. Of a table the columns, such as neuron*. [default: resp; of a table all other columns]",
        HelpName = "PATH",
    };

    /// <summary>Which array has the stimuli, or which file.</summary>
    public Option<string?> Stimuli { get; } = new("--stimuli")
    {
        Description = "The array of the stimuli in degrees, such as stim/istim, or a file that has them. [default: stimuli]",
        HelpName = "PATH|FILE",
    };

    /// <summary>The unit of the stimuli.</summary>
    public Option<bool> Radians { get; } = new("--radians")
    {
        Description = "The stimuli are in radians.",
    };

    /// <summary>Which rows.</summary>
    public Option<string?> Trials { get; } = new("--trials")
    {
        Description = "Trials to keep: how many to draw, ranges from 0 such as 0-99,150,200-, or an array or file of indices or booleans.",
        HelpName = "SELECTION",
    };

    /// <summary>Which neurons.</summary>
    public Option<string?> Neurons { get; } = new("--neurons")
    {
        Description = "Neurons to keep, selected as --trials are.",
        HelpName = "SELECTION",
    };

    /// <summary>The seed of drawn selections.</summary>
    public Option<ulong> SubsetSeed { get; } = new("--subset-seed")
    {
        Description = "Decides which trials and neurons are drawn.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>Running speeds.</summary>
    public Option<string?> Running { get; } = new("--running")
    {
        Description = "The array or file of running speeds, one per trial, for --keep.",
        HelpName = "PATH|FILE",
    };

    /// <summary>What counts as running.</summary>
    public Option<double> RunningThreshold { get; } = new("--running-threshold")
    {
        Description = "The animal runs where the magnitude of its speed is greater, in the unit of the speeds.",
        HelpName = "SPEED",
        DefaultValueFactory = _ => new ReadingOptions().RunningThreshold,
    };

    /// <summary>Which trials by behaviour.</summary>
    public Option<string> Keep { get; } = Choice();

    /// <summary>Responses without a stimulus.</summary>
    public Option<string?> Spontaneous { get; } = new("--spontaneous")
    {
        Description = "Responses without a stimulus, for --normalize spontaneous: an array or file of times x neurons, or a selection of trials, which are then not decoded.",
        HelpName = "PATH|SELECTION",
    };

    /// <summary>Binning as in the tutorial.</summary>
    public Option<double?> BinWidth { get; } = new("--bin-width")
    {
        Description = "Average the stimuli and responses in bins of so many degrees: 0, W, 2W, ...",
        HelpName = "W",
    };

    /// <summary>Which arrays make the recording.</summary>
    public IReadOnlyList<Option> OfArrays => [Responses, Stimuli, Radians];

    /// <summary>Which of its rows are taken, and how.</summary>
    public IReadOnlyList<Option> OfRows => [Trials, SubsetSeed, Running, RunningThreshold, Keep, BinWidth];

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All => [.. OfArrays, Trials, Neurons, SubsetSeed, Running, RunningThreshold, Keep, Spontaneous, BinWidth];

    /// <summary>Adds options to a command.</summary>
    public static void Add(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Which arrays to read, and which parts of them. Files are named by their full paths.</summary>
    public ReadingOptions Reading(ParseResult parse)
    {
        T? Value<T>(Option<T> option) => parse.CommandResult.Command.Options.Contains(option) ? parse.GetValue(option) : default;
        string? Reference(Option<string?> option) => Value(option) is { } text && File.Exists(text) ? Path.GetFullPath(text) : Value(option);

        var options = new ReadingOptions
        {
            Responses = Value(Responses),
            Stimuli = Reference(Stimuli),
            Radians = Value(Radians),
            Trials = Reference(Trials),
            Neurons = Reference(Neurons),
            SubsetSeed = Value(SubsetSeed),
            Running = Reference(Running),
            RunningThreshold = Value(RunningThreshold),
            Keep = Enum.TryParse<Behaviour>(Value(Keep), ignoreCase: true, out var keep) ? keep : Behaviour.All,
            Spontaneous = Reference(Spontaneous),
        };
        if (!(options.RunningThreshold >= 0))
        {
            throw new InvalidInputException($"{RunningThreshold.Name} {options.RunningThreshold}: a speed from 0 on is needed.");
        }

        if (options.Running is not null && options.Keep == Behaviour.All)
        {
            throw new InvalidInputException($"{Running.Name} {options.Running} does nothing without {Keep.Name} running or {Keep.Name} still.");
        }

        return options;
    }

    /// <summary>The recording as a run remembers it.</summary>
    public RecordingSource Source(string path, ParseResult parse) => new()
    {
        File = Path.GetFullPath(path),
        Reading = Reading(parse),
        BinWidth = parse.GetValue(BinWidth),
    };

    /// <summary>Refuses options for reading a file where no file is given.</summary>
    /// <exception cref="InvalidInputException">One of the options is given.</exception>
    public void RefuseWithout(Option file, ParseResult parse)
    {
        foreach (var option in All)
        {
            if (parse.GetResult(option) is { Implicit: false })
            {
                throw new InvalidInputException($"{option.Name} is for the recording that {file.Name} names; give that too, or leave it out.");
            }
        }
    }

    /// <summary>Reads the recording as the options say, and tells what was decided on the way.</summary>
    /// <exception cref="RecordingException">It cannot be used.</exception>
    public Recording Read(string path, ParseResult parse) => Bin(RecordingReader.Read(path, Reading(parse)), parse);

    /// <summary>Bins a recording where the options say so, and tells what was decided in reading it.</summary>
    public Recording Bin(Recording recording, ParseResult parse)
    {
        Tell(recording.Notes, parse);
        return parse.GetValue(BinWidth) is { } width ? Binning.Bin(recording, width) : recording;
    }

    /// <summary>Tells what was decided in reading.</summary>
    public static void Tell(IEnumerable<string> notes, ParseResult parse)
    {
        foreach (var note in notes)
        {
            parse.InvocationConfiguration.Error.WriteLine($"decoder: {note}.");
        }
    }

    private static Option<string> Choice()
    {
        var names = Enum.GetNames<Behaviour>().Select(name => name.ToLowerInvariant()).ToArray();
        var option = new Option<string>("--keep")
        {
            Description = "Trials to keep by the running speed.",
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => names[0],
        };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}
