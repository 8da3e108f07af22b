using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Decoder.Recordings.Hdf5;

/// <summary>Runs this program again as a reader of an HDF5 file, and ends it when it takes too long or too much.</summary>
/// <param name="path">The file.</param>
/// <param name="bounds">What it may take.</param>
internal sealed class Hdf5Process(string path, Hdf5Reading bounds)
{
    /// <summary>The command that is hidden from help.</summary>
    public const string CommandName = "hdf5-reader";

    private const int MaximumOutput = 64 << 20;

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Runs the reader and returns what it prints.</summary>
    /// <exception cref="RecordingException">It was ended, or crashed, or refuses the file.</exception>
    public string Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = ReadBoundedAsync(process.StandardOutput);
        var error = ReadBoundedAsync(process.StandardError);
        try
        {
            WaitFor(process);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }

        var message = error.GetAwaiter().GetResult().Trim();
        return process.ExitCode switch
        {
            0 => output.GetAwaiter().GetResult(),
            Hdf5Worker.Refused => throw new RecordingException(message),
            _ when message.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase) || message.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) =>
                throw MemoryExceeded(),
            _ => throw new RecordingException($"{path}: the process that read it crashed (exit code {process.ExitCode}). The file is damaged; copy it again."),
        };
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var program = Environment.ProcessPath;
        if (program is not null && Path.GetFileNameWithoutExtension(program) == typeof(Hdf5Process).Assembly.GetName().Name)
        {
            start.FileName = program;
        }
        else
        {
            // Started by 'dotnet decoder.dll', or from within another program.
            start.FileName = Path.GetFileNameWithoutExtension(program) == "dotnet" ? program! : "dotnet";
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, typeof(Hdf5Process).Assembly.GetName().Name + ".dll"));
        }

        start.ArgumentList.Add(CommandName);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The garbage collector's own limit turns most excesses into an exception; the rest is watched from here.
        start.Environment["DOTNET_GCHeapHardLimit"] = bounds.MemoryLimit.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            return Process.Start(start) ?? throw new RecordingException($"{path}: the process that reads HDF5 files could not be started.");
        }
        catch (Win32Exception e)
        {
            throw new RecordingException($"{path}: the process that reads HDF5 files could not be started from {start.FileName}: {e.Message}", e);
        }
    }

    private void WaitFor(Process process)
    {
        while (!process.WaitForExit(Watch))
        {
            bounds.Cancellation.ThrowIfCancellationRequested();
            if (_watch.Elapsed > bounds.TimeLimit)
            {
                throw new RecordingException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: reading it took longer than {bounds.TimeLimit.TotalSeconds} s and was ended. The file may be damaged; allow more with --time-limit."));
            }

            if (MemoryOf(process) > bounds.MemoryLimit + ProgramBytes)
            {
                throw MemoryExceeded();
            }
        }
    }

    /// <summary>The resident memory; 0 where the process ends meanwhile.</summary>
    private static long MemoryOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>What the program needs for itself.</summary>
    private const long ProgramBytes = 256 << 20;

    private RecordingException MemoryExceeded() => new(
        $"{path}: reading it needs more than {bounds.MemoryLimit >> 20} MiB of memory and was ended. The file may be damaged; allow more with --memory-limit.");

    /// <summary>All that a stream has, of which no more than the bound is kept: a hostile file must not fill this process through the other.</summary>
    private static async Task<string> ReadBoundedAsync(StreamReader reader)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new char[1 << 14];
        for (int count; (count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(count, Math.Max(0, MaximumOutput - text.Length)));
        }

        return text.ToString();
    }
}
