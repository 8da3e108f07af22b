using System.CommandLine;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder plot</c>: the figures of a run again.</summary>
internal static class PlotCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of a run." };

    private static readonly Option<bool> Png = new("--png") { Description = "Draw PNG too." };

    public static Command Create()
    {
        var command = new Command("plot", "Draw the figures of a finished run again.") { Run, Png };
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder plot runs/orientation --png");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var folder = RunFolder.Open(parse.GetRequiredValue(Run));
        var configuration = folder.ReadConfiguration();
        folder.RequireResult();
        configuration.RefuseTrial(folder.Root, "'decoder sweep' draws figures of its winner.");
        var error = parse.InvocationConfiguration.Error;
        Recording? recording = null;
        try
        {
            recording = await configuration.Data.LoadAgainAsync(configuration.Identity, cancellation);
        }
        catch (Exception e) when (e is RecordingException or InvalidInputException or IOException)
        {
            error.WriteLine($"decoder: the figures of responses and tuning curves stay as they are: {e.Message}");
        }

        RunFigures.Draw(folder, configuration, recording, parse.GetValue(Png), error);
        var files = Directory.GetFiles(folder.Figures).Order(StringComparer.Ordinal).ToArray();
        if (parse.GetValue(DecoderCommand.Json))
        {
            JsonOutput.Print(parse.InvocationConfiguration.Output, json =>
            {
                json.WriteStartArray("figures");
                foreach (var file in files)
                {
                    json.WriteStringValue(file);
                }

                json.WriteEndArray();
            });
        }
        else
        {
            foreach (var file in files)
            {
                parse.InvocationConfiguration.Output.WriteLine(file);
            }
        }

        return ExitCode.Success;
    }
}
