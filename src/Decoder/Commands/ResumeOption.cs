using System.CommandLine;
using Decoder.Folders;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary>The option <c>--resume</c> of every command that takes up again what was interrupted, with the options that it was started with.</summary>
/// <param name="kind">The kind of folder.</param>
/// <param name="description">What is kept.</param>
internal sealed class ResumeOption(FolderKind kind, string description)
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--resume") { Description = description, HelpName = "DIR" };

    /// <summary>Refuses what would decide the outcome anew.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="recordings">Recordings that are named without an option.</param>
    /// <param name="options">Options that are in the folder's configuration.</param>
    /// <exception cref="InvalidInputException">Some are given.</exception>
    public void Refuse(ParseResult parse, Argument<string[]> recordings, IEnumerable<Option> options)
    {
        string[] given = [.. options.Where(option => parse.GetResult(option) is { Implicit: false }).Select(option => option.Name), .. parse.GetValue(recordings) ?? []];
        if (given.Length > 0)
        {
            throw new InvalidInputException($"--resume goes on with the options that 'decoder {kind.Command}' was started with; leave out {string.Join(", ", given)}, or start anew without --resume.");
        }
    }

    /// <summary>Says how to go on after an interruption.</summary>
    /// <returns>The exit code.</returns>
    public int Interrupted(ParseResult parse, string path)
    {
        parse.InvocationConfiguration.Error.WriteLine($"decoder: interrupted. Continue with: {kind.HowToResume(path)}");
        return ExitCode.Interrupted;
    }
}
