using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Autodiff;
using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>Runs the benchmarks that were asked for and writes the report.</summary>
internal static class PeerRun
{
    /// <summary>Runs those with <paramref name="filter"/> in their names, without those for which <paramref name="native"/> is missing.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Run(Benchmark[] benchmarks, string command, string commit, string folder, string? native, string filter)
    {
        bool Selects(string name) => name.Contains(filter, StringComparison.OrdinalIgnoreCase);
        var machine = MachineDescription.ThisMachine();
        var results = new List<BenchmarkResult>();
        var start = Stopwatch.GetTimestamp();
        foreach (var benchmark in benchmarks.Where(benchmark => Selects(benchmark.Name)))
        {
            if (benchmark.AheadOfTime && native is null)
            {
                Console.Error.WriteLine($"{benchmark.Name}: not measured, since nothing was compiled ahead of time; see benchmarks/run.sh --help.");
                continue;
            }

            foreach (var result in benchmark.WholeProcess is null ? [InterleavedComparison.Run(benchmark)] : ProcessComparison.Run(benchmark, native))
            {
                Add(result);
            }
        }

        if (Selects(TapeOverhead.Name))
        {
            Add(TapeOverhead.Run(TrainingSuite.MiniBatch));
        }

        if (results.Count == 0)
        {
            Console.Error.WriteLine($"No benchmark has '{filter}' in its name. There are: "
                + $"{string.Join(", ", benchmarks.Select(benchmark => benchmark.Name).Append(TapeOverhead.Name))}.");
            return 2;
        }

        var versions = new Dictionary<string, string>
        {
            [".NET"] = Environment.Version.ToString(),
            ["Autodiff"] = VersionOf(typeof(Tape).Assembly),
            ["TorchSharp"] = VersionOf(typeof(torch).Assembly),
            ["libtorch"] = torch.__version__,
        };
        new Report(command, commit, DateTime.UtcNow, machine, versions, results).Write(folder, "cpu");
        Console.Error.WriteLine($"{results.Count} results in {Stopwatch.GetElapsedTime(start).TotalSeconds:f0} s, written to {folder}/cpu.md.");
        return 0;

        void Add(BenchmarkResult result)
        {
            results.Add(result);
            var times = result.Theirs is { } theirs ? $"{Report.Quantity(result.Ours.Median, result.Unit)} / {Report.Quantity(theirs.Median, result.Unit)}" : "";
            Console.Error.WriteLine($"{result.Name,-60} {Report.JudgedText(result),8}  {times}{(result.IsMet is false ? $"  missed ({result.Gate})" : "")}");
        }
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
