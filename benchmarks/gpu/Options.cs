using System.Globalization;

namespace Benchmarks.Gpu;

/// <summary>What benchmarks/gpu/run.sh asks for.</summary>
/// <param name="Device">The name of the device under test.</param>
/// <param name="IsSmall">Whether it is a rehearsal.</param>
/// <param name="Python">The interpreter that has PyTorch; empty for none.</param>
/// <param name="Limit">How long all may take.</param>
/// <param name="Command">The command, for the report.</param>
/// <param name="Commit">The commit, for the report.</param>
/// <param name="Folder">Where the report goes.</param>
/// <param name="Filter">What the names of entries must contain.</param>
public sealed record Options(string Device, bool IsSmall, string Python, TimeSpan Limit, string Command, string Commit, string Folder, string Filter)
{
    /// <summary>The sizes.</summary>
    public Sizes Sizes => IsSmall ? Sizes.Small : Sizes.Full;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is not as it should be.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        Options options = new("cuda", false, "python3", TimeSpan.FromSeconds(540), "gpu-benchmarks", "unknown", ".", "");
        using var argument = arguments.GetEnumerator();
        while (argument.MoveNext())
        {
            options = argument.Current switch
            {
                "--device" => options with { Device = Value() },
                "--small" => options with { IsSmall = true },
                "--python" => options with { Python = Value() },
                "--limit" => options with { Limit = TimeSpan.FromSeconds(double.Parse(Value(), CultureInfo.InvariantCulture)) },
                "--command" => options with { Command = Value() },
                "--commit" => options with { Commit = Value() },
                "--out" => options with { Folder = Value() },
                var filter when !filter.StartsWith('-') && options.Filter.Length == 0 => options with { Filter = filter },
                var unknown => throw new ArgumentException($"'{unknown}' is no option, or a second filter. Run benchmarks/gpu/run.sh --help."),
            };
        }

        return options;

        string Value()
        {
            var name = argument.Current;
            return argument.MoveNext() ? argument.Current : throw new ArgumentException($"{name} needs a value.");
        }
    }
}
