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
/// <param name="BusyBefore">Share of the cores' time, in the two seconds before the first measurement, that other programs and other machines on the same hardware took.</param>
public sealed record MachineDescription(
    string Processor, int Cores, long MemoryBytes, string Architecture, string OperatingSystem, string Kernel, double? BusyBefore)
{
    /// <summary>Describes this machine.</summary>
    public static MachineDescription ThisMachine() => new(
        ProcessorModel(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.OSDescription,
        Environment.OSVersion.ToString(),
        ShareOfBusyTime());

    private static double? ShareOfBusyTime()
    {
        if (!File.Exists("/proc/stat"))
        {
            return null;
        }

        var (idle, all) = ProcessorTimes();
        Thread.Sleep(TimeSpan.FromSeconds(2));
        var (idleThen, allThen) = ProcessorTimes();
        return 1 - (double)(idleThen - idle) / Math.Max(1, allThen - all);
    }

    /// <summary>Ticks since the machine's start, over all cores: those without anything to run, and all (proc(5): user, nice, system, idle, iowait, irq, softirq, steal).</summary>
    private static (long Idle, long All) ProcessorTimes()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var times = Array.ConvertAll(ticks, text => long.Parse(text, CultureInfo.InvariantCulture));
        return (times[3] + times[4], times.Sum());
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
