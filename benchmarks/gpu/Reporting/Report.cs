using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.Gpu;

/// <summary>An entry of which nothing, or not all, is known.</summary>
/// <param name="Group">The table that it stands in.</param>
/// <param name="Name">The entry.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsFailure">Whether something broke, rather than that time ran out.</param>
public sealed record Miss(string Group, string Name, string Reason, bool IsFailure);

/// <summary>Findings together with all that is needed to find them again.</summary>
/// <param name="Command">The command that was run.</param>
/// <param name="Commit">The commit that was measured.</param>
/// <param name="Date">When, in UTC.</param>
/// <param name="IsRehearsal">Whether the sizes were those of a rehearsal.</param>
/// <param name="Machine">Where.</param>
/// <param name="Gpu">What NVIDIA's driver said, where there is one.</param>
public sealed partial record Report(string Command, string Commit, DateTime Date, bool IsRehearsal, MachineDescription Machine, string? Gpu)
{
    /// <summary>How long it all took.</summary>
    public double Seconds { get; set; }

    /// <summary>Names and versions of what was measured.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether results are right.</summary>
    public List<Check> Checks { get; } = [];

    /// <summary>What was measured.</summary>
    public List<Figure> Figures { get; } = [];

    /// <summary>What was held against what.</summary>
    public List<Verdict> Verdicts { get; } = [];

    /// <summary>What is not known.</summary>
    public List<Miss> Misses { get; } = [];

    /// <summary>Whether all results that were checked are right, and nothing broke.</summary>
    [JsonIgnore]
    public bool IsSound => Checks.All(check => check.Holds is not false) && !Misses.Any(miss => miss.IsFailure);

    private IEnumerable<Verdict> Gated => Verdicts.Where(verdict => verdict.Gate is not null);

    /// <summary>Writes gpu.json and gpu.md into a folder, each replaced as a whole.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var json = new JsonSerializerOptions(Message.Json) { WriteIndented = true };
        Replace(Path.Combine(folder, "gpu.json"), JsonSerializer.Serialize(this, json) + "\n");
        Replace(Path.Combine(folder, "gpu.md"), ToMarkdown());
    }

    /// <summary>The whole in a few words.</summary>
    public string Summary() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Checks.Count(check => check.Holds is true)} of {Checks.Count} checks hold, {Checks.Count(check => check.Holds is false)} do not; "
        + $"{Gated.Count(verdict => verdict.IsMet is true)} of {Gated.Count()} gates are met, {Gated.Count(verdict => verdict.IsMet is false)} missed, "
        + $"{Gated.Count(verdict => verdict.IsMet is null)} not measured; {Misses.Count} entries without figures; {Seconds:f0} s.");

    /// <summary>A number with its unit.</summary>
    public static string Quantity(double? value, string unit) => (value, unit) switch
    {
        (null, _) => "",
        ({ } bytes, "B") => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576:f1} MiB"),
        ( >= 1, _) => string.Create(CultureInfo.InvariantCulture, $"{value:f2} s"),
        ( >= 1e-3, _) => string.Create(CultureInfo.InvariantCulture, $"{value * 1e3:f2} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value * 1e6:f1} us"),
    };

    private static void Replace(string path, string content)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
