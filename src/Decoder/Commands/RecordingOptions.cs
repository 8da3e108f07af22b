using System.CommandLine;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>The options with which every command that reads a recording says how.</summary>
internal sealed class RecordingOptions
{
    /// <summary>Stimuli that are not in the file of the responses.</summary>
    public Option<string?> Stimuli { get; } = new("--stimuli")
    {
        Description = "A .npy file with the stimuli in degrees, where the recording is a .npy file or has none.",
        HelpName = "FILE.npy",
    };

    /// <summary>Binning as in the tutorial.</summary>
    public Option<double?> BinWidth { get; } = new("--bin-width")
    {
        Description = "Average the stimuli and responses in bins of so many degrees: 0, W, 2W, ...",
        HelpName = "W",
    };

    /// <summary>Adds both to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Stimuli);
        command.Options.Add(BinWidth);
    }

    /// <summary>The recording as a run remembers it.</summary>
    public RecordingSource Source(string path, ParseResult parse) => new()
    {
        File = Path.GetFullPath(path),
        StimuliFile = parse.GetValue(Stimuli) is { } stimuli ? Path.GetFullPath(stimuli) : null,
        BinWidth = parse.GetValue(BinWidth),
    };

    /// <summary>Refuses options for reading a file where no file is given.</summary>
    /// <exception cref="InvalidInputException">One of the options is given.</exception>
    public void RefuseWithout(Option file, ParseResult parse)
    {
        foreach (var option in (Option[])[Stimuli, BinWidth])
        {
            if (parse.GetResult(option) is not null)
            {
                throw new InvalidInputException($"{option.Name} is for the recording that {file.Name} names; give that too, or leave it out.");
            }
        }
    }

    /// <summary>Reads the recording as the options say.</summary>
    /// <exception cref="RecordingException">It cannot be used.</exception>
    public Recording Read(string path, ParseResult parse)
    {
        var recording = RecordingReader.Read(path, parse.GetValue(Stimuli));
        return parse.GetValue(BinWidth) is { } width ? Binning.Bin(recording, width) : recording;
    }
}
