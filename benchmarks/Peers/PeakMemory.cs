using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Peers;

/// <summary>Measures one competitor's peak resident memory in a process of its own, which is this program with another argument.</summary>
public static class PeakMemory
{
    /// <summary>The argument that asks for it: <c>--peak-memory BENCHMARK INDEX</c>.</summary>
    public const string Argument = "--peak-memory";

    /// <summary>Starts that process and reads its answer.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static long Measure(Benchmark benchmark, int index)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        var arguments = new[] { Argument, benchmark.Name, index.ToString(CultureInfo.InvariantCulture) };
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} could not be started.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || !long.TryParse(output, CultureInfo.InvariantCulture, out var bytes))
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode} and printed '{output.Trim()}' instead of a number of bytes.");
        }

        return bytes;
    }

    /// <summary>The other side: runs the competitor alone and prints the peak.</summary>
    public static void Print(Func<ICompetitor> create)
    {
        InterleavedComparison.RunAlone(create);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }
}
