using System.Globalization;
using System.Reflection;
using Autodiff;
using Benchmarks.Peers;
using TorchSharp;

// peers --command TEXT --commit TEXT --out FOLDER [FILTER]     run through benchmarks/run.sh, which fills these in
// peers --peak-memory BENCHMARK INDEX                          one competitor alone: see PeakMemory

int[] threadCounts = [2, 1];
var benchmarks = threadCounts.Select(threads => new Benchmark(
    $"seed-step/threads-{threads}",
    SeedWorkload.Description,
    threads,
    [() => new TorchSeedStep(threads), () => new AutodiffSeedStep(threads)])).ToArray();

try
{
    if (args is [PeakMemory.Argument, var name, var index])
    {
        PeakMemory.Print(benchmarks.Single(benchmark => benchmark.Name == name).Competitors[int.Parse(index, CultureInfo.InvariantCulture)]);
        return 0;
    }

    if (args is not ["--command", var command, "--commit", var commit, "--out", var folder, .. { Length: <= 1 } filter])
    {
        Console.Error.WriteLine("Run benchmarks/run.sh [FILTER].");
        return 2;
    }

    var selected = benchmarks.Where(benchmark => filter.All(text => benchmark.Name.Contains(text, StringComparison.OrdinalIgnoreCase))).ToArray();
    if (selected.Length == 0)
    {
        Console.Error.WriteLine($"No benchmark has '{filter[0]}' in its name. There are: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
        return 2;
    }

    var comparison = new InterleavedComparison();
    var results = new List<BenchmarkResult>();
    foreach (var benchmark in selected)
    {
        Console.Error.WriteLine($"{benchmark.Name} ...");
        results.Add(comparison.Run(benchmark, competitor => PeakMemory.Measure(benchmark, competitor)));
    }

    var versions = new Dictionary<string, string>
    {
        [".NET"] = Environment.Version.ToString(),
        ["Autodiff"] = VersionOf(typeof(Tape).Assembly),
        ["TorchSharp"] = VersionOf(typeof(torch).Assembly),
        ["libtorch"] = torch.__version__,
    };
    var report = new Report(command, commit, DateTime.UtcNow, MachineDescription.ThisMachine(), versions, results);
    report.Write(folder, "cpu");
    Console.WriteLine(report.ToMarkdown());
    return 0;
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (TypeInitializationException error) when (error.InnerException is NotSupportedException)
{
    Console.Error.WriteLine("libtorch did not load; most likely this system's libstdc++ is older than that of gcc 13 (GLIBCXX_3.4.32). "
        + "Run benchmarks/run.sh, which brings a newer one where it is needed.");
    return 1;
}

static string VersionOf(Assembly assembly) =>
    assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
