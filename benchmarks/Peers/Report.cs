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
/// <param name="Versions">Versions of the runtime and of all competitors.</param>
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
        text.Append(CultureInfo.InvariantCulture, $"| memory | {Machine.MemoryBytes / 1073741824.0:f1} GiB |\n");
        text.Append(CultureInfo.InvariantCulture, $"| system | {Machine.OperatingSystem}, {Machine.Kernel} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| versions | {string.Join(", ", Versions.Select(pair => $"{pair.Key} {pair.Value}"))} |\n");

        foreach (var group in Results.GroupBy(result => result.Description))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n");
            text.Append("| threads | | time per step (min - max) | ratio, median of pairs (min - max) | managed bytes per step | peak memory | loss | deviation |\n");
            text.Append("|---:|---|---:|---:|---:|---:|---:|---:|\n");
            foreach (var result in group)
            {
                foreach (var competitor in result.Competitors)
                {
                    AppendRow(text, result, competitor);
                }
            }

            var first = group.First();
            text.Append(CultureInfo.InvariantCulture, $"\nCompetitors run in turn, {first.Pairs} rounds of {first.StepsPerSample} steps each; the ratio is taken within each round.\n");
            text.Append(CultureInfo.InvariantCulture, $"The loss is that of step {first.LossSteps} from the same weights and data, the deviation the largest of these steps, relative.\n");
            text.Append("Peak memory is that of a process of its own, runtime and data included.\n");
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, BenchmarkResult result, CompetitorResult competitor)
    {
        var time = competitor.SecondsPerStep;
        var ratio = competitor.RatioToReference is { } r
            ? string.Create(CultureInfo.InvariantCulture, $"**{r.Median:f2}** ({r.Minimum:f2} - {r.Maximum:f2})")
            : "1";
        var deviation = competitor.LossDeviation is { } d ? d.ToString("g2", CultureInfo.InvariantCulture) : "";
        text.Append(CultureInfo.InvariantCulture, $"| {result.Threads} | {competitor.Name} ");
        text.Append(CultureInfo.InvariantCulture, $"| {time.Median * 1e3:f1} ms ({time.Minimum * 1e3:f1} - {time.Maximum * 1e3:f1}) | {ratio} ");
        text.Append(CultureInfo.InvariantCulture, $"| {competitor.AllocatedBytesPerStep:n0} | {competitor.PeakMemoryBytes / 1048576.0:f0} MiB ");
        text.Append(CultureInfo.InvariantCulture, $"| {competitor.Loss:g7} | {deviation} |\n");
    }

    private static void Replace(string path, string content)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
