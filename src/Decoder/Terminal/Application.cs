using System.CommandLine;
using System.CommandLine.Invocation;
using Decoder.Commands;
using Decoder.Recordings;

namespace Decoder.Terminal;

/// <summary>Runs a command line: parses, invokes, and turns every way it can end into an exit code and a message.</summary>
internal static class Application
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="output">Results go here; the console where null.</param>
    /// <param name="error">Messages go here; the console where null.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter? output = null, TextWriter? error = null)
    {
        using var interruption = new Interruption();
        var configuration = new InvocationConfiguration
        {
            // Its own handling of signals ends the process after two seconds, in the middle of a checkpoint if need be.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
        };
        try
        {
            var parse = DecoderCommand.Root.Parse(arguments);
            if (parse.Errors.Count > 0 && parse.Action is ParseErrorAction action)
            {
                // Standard output is for results alone, even for the blank line that would follow the errors.
                action.ShowHelp = false;
                parse.Invoke(new InvocationConfiguration { Output = configuration.Error, Error = configuration.Error });
                configuration.Error.WriteLine("Add --help to see what there is, with examples.");
                return ExitCode.BadInput;
            }

            var code = await parse.InvokeAsync(configuration, interruption.Token);
            return code == ExitCode.Interrupted ? interruption.ExitCode : code;
        }
        catch (OperationCanceledException)
        {
            configuration.Error.WriteLine("decoder: interrupted; nothing was written.");
            return interruption.ExitCode;
        }
        catch (Exception e) when (e is InvalidInputException or RecordingException or IOException or UnauthorizedAccessException)
        {
            configuration.Error.WriteLine($"decoder: {e.Message}{(IsDiskFull(e) ? ". Free some space, or write to another disk, and try again." : "")}");
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            configuration.Error.WriteLine($"decoder: this is a defect of the program; please report it with the command line:\n{e}");
            return ExitCode.InternalError;
        }
    }

    /// <summary>ENOSPC, and what Windows calls ERROR_DISK_FULL.</summary>
    private static bool IsDiskFull(Exception e) => e.GetBaseException() is IOException { HResult: 28 or unchecked((int)0x80070070) };
}
