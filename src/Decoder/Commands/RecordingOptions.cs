using System.CommandLine;
using Decoder.Recordings;

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

    /// <summary>Reads the recording as the options say.</summary>
    /// <exception cref="RecordingException">It cannot be used.</exception>
    public Recording Read(string path, ParseResult parse)
    {
        var recording = RecordingReader.Read(path, parse.GetValue(Stimuli));
        return parse.GetValue(BinWidth) is { } width ? Binning.Bin(recording, width) : recording;
    }
}
