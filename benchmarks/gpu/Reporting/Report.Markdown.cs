using System.Globalization;
using System.Text;

namespace Benchmarks.Gpu;

public sealed partial record Report
{
    /// <summary>The report as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("# GPU benchmarks\n\n");
        if (IsRehearsal)
        {
            text.Append("**A rehearsal with tiny sizes: what stands here says that everything runs, nothing about speed.**\n\n");
        }

        text.Append("Written by the command below; do not edit. The same figures for programs are in `gpu.json`.\n\n| | |\n|---|---|\n");
        Row("command", $"`{Command}`");
        Row("commit", $"`{Commit}`");
        Row("date", $"{Date:yyyy-MM-dd HH:mm} UTC, {Seconds:f0} s");
        Row("GPU", $"{Gpu ?? "no answer from nvidia-smi"}");
        Row("processor", $"{Machine.Processor}, {Machine.Cores} logical processors, {Machine.MemoryBytes / 1073741824.0:f1} GiB");
        Row("system", $"{Machine.OperatingSystem}, {Machine.Kernel}");
        Row("versions", $".NET {Environment.Version}, {string.Join(", ", Versions.Select(pair => $"{pair.Key}: {pair.Value}"))}");
        text.Append("\nThose compared take turns, each with the device to itself and waited for before the next begins; a figure is the median of the rounds, a ratio the median of\n");
        text.Append("the ratios within a round. Whoever can take the same data is given the same data. TF32 is off. What could not be measured says why; nothing is estimated.\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{Summary()}\n");

        AppendGates(text);
        AppendChecks(text);
        foreach (var group in Figures.Select(figure => figure.Group).Concat(Misses.Select(miss => miss.Group)).Where(group => group != "Correctness").Distinct())
        {
            AppendGroup(text, group);
        }

        return text.ToString();

        void Row(string name, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |\n");
    }

    private void AppendGates(StringBuilder text)
    {
        text.Append("\n## Gates\n\n| | | value | at most | |\n|---|---|---:|---:|---|\n");
        foreach (var verdict in Gated.OrderBy(verdict => verdict.IsMet is { } met ? met ? 2 : 0 : 1))
        {
            var word = verdict.IsMet switch { true => "met", false => "**missed**", null => "not measured" };
            text.Append(CultureInfo.InvariantCulture, $"| {verdict.Name} | {verdict.Title} | {verdict.ValueText} | {verdict.GateText} | {word} |\n");
        }
    }

    private void AppendChecks(StringBuilder text)
    {
        text.Append("\n## Correctness\n\n| | deviation | at most | |\n|---|---:|---:|---|\n");
        foreach (var check in Checks)
        {
            var word = check.Holds switch { true => "holds", false => "**wrong**", null => $"not measured: {check.Reason}" };
            text.Append(CultureInfo.InvariantCulture, $"| {check.Name} | {check.Deviation:g2} | {(check.Holds is null ? "" : $"{check.Tolerance:g1}")} | {word} |\n");
        }

        AppendMisses(text, "Correctness");
    }

    private void AppendGroup(StringBuilder text, string group)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {group}\n\n| | | median (min - max) | rate | ratios |\n|---|---|---:|---:|---|\n");
        foreach (var figure in Figures.Where(figure => figure.Group == group))
        {
            var value = figure.Value is { } v
                ? $"{Quantity(v.Median, figure.Unit)} ({Quantity(v.Minimum, figure.Unit)} - {Quantity(v.Maximum, figure.Unit)})"
                : $"not measured: {figure.Reason}";
            var rate = figure.Rate is { } r ? string.Create(CultureInfo.InvariantCulture, $"{r:n0} {figure.RateUnit}") : "";
            var ratios = Verdicts.Where(verdict => verdict.Group == group && verdict.Name == figure.Name && verdict.Ours == figure.Contender && verdict is { Theirs: not null, Value: not null });
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Name} | {figure.Contender} | {value} | {rate} | {string.Join("; ", ratios.Select(ratio => $"**{ratio.ValueText}** of {ratio.Theirs}"))} |\n");
        }

        AppendMisses(text, group);
    }

    private void AppendMisses(StringBuilder text, string group)
    {
        foreach (var miss in Misses.Where(miss => miss.Group == group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{(miss.IsFailure ? "**Failed**" : "Not measured")}: {miss.Name}: {miss.Reason.ReplaceLineEndings(" ")}\n");
        }
    }
}
