using System.CommandLine;
using Autodiff.Kernels;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary>The option <c>--device</c> of every command that computes.</summary>
internal sealed class DeviceOption
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--device")
    {
        Description = "Where to compute: cpu, cuda, cuda:1, opencl, opencl:1, emulator or best. [default: AUTODIFF_DEVICE, else best]",
        HelpName = "DEVICE",
    };

    /// <summary>The device that is asked for.</summary>
    /// <exception cref="InvalidInputException">There is none of that name; nothing else is taken in its place.</exception>
    public static Device Resolve(string? name)
    {
        try
        {
            return name is null ? Device.Default : Device.Parse(name);
        }
        catch (Exception e) when (e is ArgumentException or DeviceNotFoundException)
        {
            throw new InvalidInputException($"--device {name}: {e.Message} 'decoder devices' shows what there is.");
        }
    }
}
