using System.ComponentModel;
using System.Diagnostics;

namespace Benchmarks.Gpu;

/// <summary>What NVIDIA's driver says of itself and of its GPU.</summary>
public static class GpuDescription
{
    /// <summary>Name, driver, memory and highest clocks; null where nvidia-smi is not to be had.</summary>
    public static string? OfDriver()
    {
        string[] arguments = ["--query-gpu=name,driver_version,memory.total,clocks.max.sm,clocks.max.mem", "--format=csv,noheader"];
        try
        {
            using var process = Process.Start(new ProcessStartInfo("nvidia-smi", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            string[] fields = [.. output.Split('\n')[0].Split(',', StringSplitOptions.TrimEntries)];
            return process.ExitCode == 0 && fields.Length == 5
                ? $"{fields[0]}, {fields[2]}, driver {fields[1]}, clocks up to {fields[3]} (multiprocessors) and {fields[4]} (memory)"
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
