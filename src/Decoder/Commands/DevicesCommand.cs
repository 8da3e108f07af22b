using System.CommandLine;
using System.Globalization;
using Autodiff.Kernels;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder devices</c>: where this machine can compute.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "Show the devices of this machine, as --device names them, and which of them is the best.");
        command.SetAction(Run);
        ExampleHelp.Add(command, "decoder devices");
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var output = parse.InvocationConfiguration.Output;
        var (devices, best) = (Named(), Device.Best);
        if (parse.GetValue(DecoderCommand.Json))
        {
            JsonOutput.Print(output, json =>
            {
                json.WriteStartArray("devices");
                foreach (var (name, device) in devices)
                {
                    json.WriteStartObject();
                    json.WriteString("device", name);
                    json.WriteString("name", device.Name);
                    json.WriteBoolean("best", ReferenceEquals(device, best));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }
        else
        {
            foreach (var (name, device) in devices)
            {
                output.WriteLine($"{name,-12}{device.Name}{(ReferenceEquals(device, best) ? " (best)" : "")}");
            }
        }

        return ExitCode.Success;
    }

    /// <summary>The devices with their names: of several of a kind the first is also the kind alone.</summary>
    private static List<(string Name, Device Device)> Named()
    {
        var named = new List<(string, Device)>();
        foreach (var kind in Device.All.GroupBy(device => device.Kind))
        {
            var name = kind.Key.ToString().ToLowerInvariant();
            named.AddRange(kind.Select((device, i) => (i == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{i}"), device)));
        }

        return named;
    }
}
