using System.Diagnostics;

namespace Benchmarks.Gpu;

/// <summary>Processes whose whole life is measured.</summary>
public static class ChildProcess
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What its environment has beside this one's.</param>
    /// <returns>The seconds it took, and what it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed, or printed nothing.</exception>
    public static (double Seconds, string Output) Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo info = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0 && output.Length > 0
            ? (seconds, output)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }
}
