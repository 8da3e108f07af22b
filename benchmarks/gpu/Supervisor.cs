using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Gpu;

/// <summary>
/// Has a worker check and measure, starts another for the rest where one fails, crashes or hangs, and writes the report after each entry: whatever
/// happens, what was found until then is there.
/// </summary>
public sealed class Supervisor
{
    private static readonly TimeSpan EntryLimit = TimeSpan.FromSeconds(200);

    private readonly Options _options;
    private readonly Report _report;
    private readonly List<Entry> _remaining;
    private readonly long _start = Stopwatch.GetTimestamp();

    private Supervisor(Options options)
    {
        _options = options;
        _remaining = [.. Catalog.Entries(options.Sizes, options.Filter)];
        _report = new Report(options.Command, options.Commit, DateTime.UtcNow, options.IsSmall, MachineDescription.ThisMachine(), GpuDescription.OfDriver());
    }

    private TimeSpan TimeLeft => _options.Limit - Stopwatch.GetElapsedTime(_start);

    /// <summary>Runs all.</summary>
    /// <returns>0: every result that was checked is right; 1: one is wrong, or something failed; 2: nothing to do.</returns>
    public static int Run(Options options)
    {
        var supervisor = new Supervisor(options);
        if (supervisor._remaining.Count == 0)
        {
            Console.Error.WriteLine($"Nothing has '{options.Filter}' in its name.");
            return 2;
        }

        while (supervisor._remaining.Count > 0 && supervisor.TimeLeft > TimeSpan.Zero)
        {
            supervisor.RunWorker();
        }

        foreach (var entry in supervisor._remaining)
        {
            supervisor.Miss(entry, $"the {options.Limit.TotalSeconds:f0} s for all were over");
        }

        supervisor._report.Seconds = Stopwatch.GetElapsedTime(supervisor._start).TotalSeconds;
        supervisor._report.Write(options.Folder);
        Console.Error.WriteLine(supervisor._report.Summary());
        return supervisor._report.IsSound ? 0 : 1;
    }

    private void RunWorker()
    {
        string[] arguments =
        [
            Worker.Argument, "--device", _options.Device, "--python", _options.Python, .. _options.IsSmall ? ["--small"] : Array.Empty<string>(),
        ];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.Write(string.Concat(_remaining.Select(entry => entry.Name + "\n")));
        process.StandardInput.Close();

        Entry? current = null;
        string? failure = null;
        while (failure is null)
        {
            var limit = TimeLeft < EntryLimit ? TimeLeft : EntryLimit;
            var reading = process.StandardOutput.ReadLineAsync();
            if (limit <= TimeSpan.Zero || !reading.Wait(limit))
            {
                failure = TimeLeft <= TimeSpan.Zero ? "the time for all was over" : $"took more than {EntryLimit.TotalSeconds:f0} s";
                process.Kill(entireProcessTree: true);
                break;
            }

            if (reading.Result is not { } line)
            {
                break;
            }

            var message = JsonSerializer.Deserialize<Message>(line, Message.Json)!;
            failure = message.Failure;
            current = message.Begin is { } begun ? _remaining.Single(entry => entry.Name == begun) : current;
            Take(message);
            if (message.End is not null)
            {
                _remaining.Remove(current!);
                current = null;
                _report.Write(_options.Folder);
            }
        }

        process.WaitForExit();
        if (current is null && _remaining.Count > 0)
        {
            // It never came to an entry, or ended between two: the first of the rest stands for what went wrong.
            current = _remaining[0];
        }

        if (current is not null)
        {
            _remaining.Remove(current);
            Miss(current, failure ?? $"the process ended with status {process.ExitCode}", isFailure: TimeLeft > TimeSpan.Zero);
            _report.Write(_options.Folder);
        }
    }

    private void Take(Message message)
    {
        if (message.Versions is { } versions)
        {
            _report.Versions = versions;
        }

        if (message.Check is { } check)
        {
            _report.Checks.Add(check);
            Console.Error.WriteLine(Invariant($"{check.Name,-80} {Word(check.Holds, "holds", "WRONG")} {check.Deviation:g3} {check.Reason}"));
        }

        if (message.Figure is { } figure)
        {
            _report.Figures.Add(figure);
            Console.Error.WriteLine(Invariant($"{figure.Name,-40} {figure.Contender,-34} {Report.Quantity(figure.Value?.Median, figure.Unit),12} {figure.Rate,10:f0} {figure.RateUnit} {figure.Reason}"));
        }

        if (message.Verdict is { } verdict)
        {
            _report.Verdicts.Add(verdict);
            if (verdict.Gate is not null)
            {
                Console.Error.WriteLine($"{verdict.Name,-40} {verdict.Title}: {verdict.ValueText} (at most {verdict.GateText}: {Word(verdict.IsMet, "met", "MISSED")})");
            }
        }
    }

    private void Miss(Entry entry, string reason, bool isFailure = false)
    {
        _report.Misses.Add(new Miss(entry.Group, entry.Name, reason, isFailure));
        Console.Error.WriteLine($"{entry.Name,-80} not measured: {reason}");
    }

    private static string Word(bool? value, string yes, string no) => value switch { true => yes, false => no, null => "not measured" };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
