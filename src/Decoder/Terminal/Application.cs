using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
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
        // A checkpoint may take seconds to write after Ctrl-C; the default of two would cut it off.
        var configuration = new InvocationConfiguration
        {
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            EnableDefaultExceptionHandler = false,
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
        };
        var terminated = false;
        using var sigterm = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => terminated = true);
        try
        {
            var parse = DecoderCommand.Create().Parse(arguments);
            if (parse.Errors.Count > 0 && parse.Action is ParseErrorAction action)
            {
                // Standard output is for results alone, even for the blank line that would follow the errors.
                action.ShowHelp = false;
                parse.Invoke(new InvocationConfiguration { Output = configuration.Error, Error = configuration.Error });
                return ExitCode.BadInput;
            }

            var code = await parse.InvokeAsync(configuration);
            return terminated && code == ExitCode.Interrupted ? ExitCode.Terminated : code;
        }
        catch (OperationCanceledException)
        {
            configuration.Error.WriteLine("decoder: interrupted; nothing was written.");
            return terminated ? ExitCode.Terminated : ExitCode.Interrupted;
        }
        catch (Exception e) when (e is InvalidInputException or RecordingException or IOException or UnauthorizedAccessException)
        {
            configuration.Error.WriteLine($"decoder: {e.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            configuration.Error.WriteLine($"decoder: this is a defect of the program; please report it with the command line:\n{e}");
            return ExitCode.InternalError;
        }
    }
}
