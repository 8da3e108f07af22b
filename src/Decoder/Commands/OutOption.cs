using System.CommandLine;
using Decoder.Folders;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary>The option <c>--out</c> of every command that leaves a folder.</summary>
/// <param name="kind">What is made.</param>
/// <param name="parent">Where the folder is made where none is named.</param>
internal sealed class OutOption(FolderKind kind, string parent = "runs")
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--out", "-o")
    {
        Description = $"The folder to make. [default: {parent}/DATE-TIME]",
        HelpName = "DIR",
    };

    /// <summary>The folder to make, which is free.</summary>
    /// <exception cref="InvalidInputException">There is something in it already.</exception>
    public string Resolve(ParseResult parse)
    {
        var path = parse.GetValue(Option) ?? NewFolder.DefaultName(parent);
        NewFolder.EnsureFree(path, kind);
        return path;
    }
}
