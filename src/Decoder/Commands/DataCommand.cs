using System.CommandLine;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder data</c>: recordings themselves.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var command = new Command("data", "Make, get, inspect and convert recordings.")
        {
            DataSimulateCommand.Create(),
            DataInfoCommand.Create(),
            DataConvertCommand.Create(),
            DataDownloadCommand.Create(),
        };
        ExampleHelp.Add(command, "decoder data simulate --out simulated.npz", "decoder data info simulated.npz");
        return command;
    }
}
