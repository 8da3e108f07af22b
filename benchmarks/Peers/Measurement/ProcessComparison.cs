using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Peers;

/// <summary>
/// Measures whole processes in turn, from start to exit: the runtime's start, loading of libraries, compilation, making of the data,
/// and some steps. The process is this program with other arguments.
/// </summary>
public static class ProcessComparison
{
    /// <summary>The argument that asks for such a process: <c>--alone BENCHMARK ours|theirs</c>.</summary>
    public const string Argument = "--alone";

    private const int Pairs = 9;

    /// <summary>Runs one benchmark.</summary>
    /// <param name="benchmark">What to run.</param>
    /// <param name="native">The program that was compiled ahead of time, for benchmarks that ask for it.</param>
    /// <returns>The times and, where the benchmark asks for it, the peak memories.</returns>
    /// <exception cref="InvalidOperationException">A process failed.</exception>
    public static IEnumerable<BenchmarkResult> Run(Benchmark benchmark, string? native)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        var (ours, arguments) = benchmark.AheadOfTime
            ? (native ?? throw new InvalidOperationException($"{benchmark.Name} needs the native program; run through benchmarks/run.sh."), Native())
            : (program, Alone("ours"));

        // One of each that does not count: it fills the disk cache.
        Measure(ours, arguments);
        Measure(program, Alone("theirs"));
        var own = new (double Seconds, double Bytes)[Pairs];
        var other = new (double Seconds, double Bytes)[Pairs];
        for (var pair = 0; pair < Pairs; pair++)
        {
            own[pair] = Measure(ours, arguments);
            other[pair] = Measure(program, Alone("theirs"));
        }

        yield return Result(benchmark.Name, "s", own.Select(run => run.Seconds), other.Select(run => run.Seconds), benchmark.Gate);
        if (benchmark.MemoryGate is { } gate)
        {
            yield return Result(
                $"{benchmark.Name}, peak memory", "B", own.Select(run => run.Bytes), other.Select(run => run.Bytes), gate);
        }

        string[] Alone(string side) => [Argument, benchmark.Name, side];

        string[] Native() =>
        [
            benchmark.WholeProcess!.Value.ToString(CultureInfo.InvariantCulture),
            benchmark.Threads.ToString(CultureInfo.InvariantCulture),
        ];

        BenchmarkResult Result(string name, string unit, IEnumerable<double> ours, IEnumerable<double> theirs, double? limit) => new(
            name,
            benchmark.Group,
            benchmark.Threads,
            unit,
            Distribution.Of(ours),
            Distribution.Of(theirs),
            Distribution.Of(ours.Zip(theirs, (a, b) => a / b)),
            Pairs,
            limit,
            Deviation: null,
            ManagedBytes: null);
    }

    /// <summary>The other side: takes the steps and prints the peak of the process's resident memory.</summary>
    public static void RunAlone(Func<ICompetitor> create, int steps)
    {
        var competitor = create();
        competitor.Setup();
        for (var i = 0; i < steps; i++)
        {
            competitor.Step();
        }

        using var self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }

    private static (double Seconds, double Bytes) Measure(string program, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} could not be started.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (process.ExitCode != 0 || !long.TryParse(output, CultureInfo.InvariantCulture, out var bytes))
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode} and printed '{output.Trim()}' instead of a number of bytes.");
        }

        return (elapsed.TotalSeconds, bytes);
    }
}
