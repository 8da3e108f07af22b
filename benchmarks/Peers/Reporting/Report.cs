using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Benchmarks.Peers;

/// <summary>Results together with all that is needed to take them again.</summary>
/// <param name="Command">The command that was run.</param>
/// <param name="Commit">The commit that was measured.</param>
/// <param name="Date">When, in UTC.</param>
/// <param name="Machine">Where.</param>
/// <param name="Versions">Versions of the runtime and of both libraries.</param>
/// <param name="Results">What was found.</param>
public sealed record Report(
    string Command,
    string Commit,
    DateTime Date,
    MachineDescription Machine,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<BenchmarkResult> Results)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes NAME.json and NAME.md into a folder, each replaced as a whole.</summary>
    public void Write(string directory, string name)
    {
        Directory.CreateDirectory(directory);
        Replace(Path.Combine(directory, name + ".json"), JsonSerializer.Serialize(this, JsonOptions) + "\n");
        Replace(Path.Combine(directory, name + ".md"), ToMarkdown());
    }

    /// <summary>The report as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("# CPU benchmarks\n\n");
        text.Append("Written by the command below; do not edit. The same figures for programs are in `cpu.json`.\n\n");
        text.Append("| | |\n|---|---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| command | `{Command}` |\n| commit | `{Commit}` |\n");
        text.Append(CultureInfo.InvariantCulture, $"| date | {Date:yyyy-MM-dd HH:mm} UTC |\n");
        text.Append(CultureInfo.InvariantCulture, $"| processor | {Machine.Processor}, {Machine.Cores} logical processors, {Machine.Architecture} |\n");
        if (Machine.BusyBefore is { } busy)
        {
            text.Append(CultureInfo.InvariantCulture, $"| busy before | {100 * busy:f0} % of the processors' time in the two seconds before (more than about 5 %: other programs ran, distrust figures of all threads) |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| memory | {Machine.MemoryBytes / 1073741824.0:f1} GiB |\n");
        text.Append(CultureInfo.InvariantCulture, $"| system | {Machine.OperatingSystem}, {Machine.Kernel} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| versions | {string.Join(", ", Versions.Select(pair => $"{pair.Key} {pair.Value}"))} |\n\n");
        text.Append("The two libraries take turns; a ratio is our time over libtorch's within such a pair, and its median is held against the gate.\n");
        text.Append("Both get the same numbers and threads, are warmed up, and must agree (deviation: the largest, relative to the largest element).\n");
        text.Append("A name with 'process' is that of whole processes, from start to exit, making of the data included.\n");
        AppendGates(text);

        foreach (var group in Results.GroupBy(result => result.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n");
            text.Append("| | ours | libtorch | ratio (min - max of the pairs) | gate | pairs | deviation | managed bytes per step |\n");
            text.Append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
            foreach (var result in group)
            {
                AppendRow(text, result);
            }
        }

        using var limits = new StreamReader(typeof(Report).Assembly.GetManifestResourceStream("Limits.md")!);
        text.Append(limits.ReadToEnd());
        return text.ToString();
    }

    private void AppendGates(StringBuilder text)
    {
        var gated = Results.Where(result => result.IsMet is not null).ToArray();
        if (gated.Length == 0)
        {
            return;
        }

        var missed = gated.Where(result => result.IsMet is false).OrderByDescending(result => result.Judged / result.Gate).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"\n{gated.Length - missed.Length} of {gated.Length} gates are met.\n");
        if (missed.Length == 0)
        {
            return;
        }

        text.Append("\n| missed | ratio | gate |\n|---|---:|---:|\n");
        foreach (var result in missed)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Name} | {JudgedText(result)} | {GateText(result)} |\n");
        }
    }

    private static void AppendRow(StringBuilder text, BenchmarkResult result)
    {
        var ratio = result.Ratio is { } r
            ? string.Create(CultureInfo.InvariantCulture, $"**{r.Median:f2}** ({r.Minimum:f2} - {r.Maximum:f2})")
            : "";
        var deviation = result.Deviation is { } d ? d.ToString("g2", CultureInfo.InvariantCulture) : "";
        var bytes = result.ManagedBytes is { } b ? b.ToString("n0", CultureInfo.InvariantCulture) : "";
        text.Append(CultureInfo.InvariantCulture, $"| {result.Name} | {Quantity(result.Ours.Median, result.Unit)} ");
        text.Append(CultureInfo.InvariantCulture, $"| {(result.Theirs is { } theirs ? Quantity(theirs.Median, result.Unit) : "")} | {ratio} ");
        text.Append(CultureInfo.InvariantCulture, $"| {(result.IsMet is { } met ? $"{GateText(result)} {(met ? "met" : "**missed**")}" : "")} ");
        text.Append(CultureInfo.InvariantCulture, $"| {result.Pairs} | {deviation} | {bytes} |\n");
    }

    /// <summary>What is held against the gate: the ratio, or our own figure where there is no peer.</summary>
    public static string JudgedText(BenchmarkResult result) =>
        result.Ratio is null ? Quantity(result.Judged, result.Unit) : result.Judged.ToString("f2", CultureInfo.InvariantCulture);

    private static string GateText(BenchmarkResult result) =>
        result.Gate is not { } gate ? "" : result.Ratio is null ? Quantity(gate, result.Unit) : gate.ToString("f2", CultureInfo.InvariantCulture);

    /// <summary>A number with its unit.</summary>
    public static string Quantity(double value, string unit) => (unit, Math.Abs(value)) switch
    {
        ("B", _) => string.Create(CultureInfo.InvariantCulture, $"{value / 1048576:f0} MiB"),
        (_, >= 1) => string.Create(CultureInfo.InvariantCulture, $"{value:f2} s"),
        (_, >= 1e-3) => string.Create(CultureInfo.InvariantCulture, $"{value * 1e3:f2} ms"),
        (_, >= 1e-6) => string.Create(CultureInfo.InvariantCulture, $"{value * 1e6:f1} us"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value * 1e9:f0} ns"),
    };

    private static void Replace(string path, string content)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
