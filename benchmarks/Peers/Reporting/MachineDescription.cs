using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks.Peers;

/// <summary>Where the figures were taken. Host names are left out: they say nothing about speed.</summary>
/// <param name="Processor">The processor's model.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="MemoryBytes">Memory that the process may use.</param>
/// <param name="Architecture">The instruction set.</param>
/// <param name="OperatingSystem">The system that the process saw.</param>
/// <param name="Kernel">Its kernel.</param>
/// <param name="LoadAverage">How many threads wanted to run, on average, in the minute before: other programs', unless the benchmarks ran then.</param>
public sealed record MachineDescription(
    string Processor, int Cores, long MemoryBytes, string Architecture, string OperatingSystem, string Kernel, double? LoadAverage)
{
    /// <summary>Describes this machine.</summary>
    public static MachineDescription ThisMachine() => new(
        ProcessorModel(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.OSDescription,
        Environment.OSVersion.ToString(),
        LoadAverageOfLastMinute());

    private static double? LoadAverageOfLastMinute()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? double.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture) : null;
    }

    private static string ProcessorModel()
    {
        const string cpuinfo = "/proc/cpuinfo";
        if (!File.Exists(cpuinfo))
        {
            return "unknown";
        }

        var fields = File.ReadLines(cpuinfo)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var model = fields.GetValueOrDefault("model name", "unknown");
        return fields.TryGetValue("cpu family", out var family) && fields.TryGetValue("model", out var number)
            ? $"{model} (family {family}, model {number})"
            : model;
    }
}
