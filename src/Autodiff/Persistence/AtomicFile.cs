using System.Diagnostics;
using System.Globalization;

namespace Autodiff;

/// <summary>
/// Replaces a file as a whole or not at all: the content goes to a temporary name in the same folder, is flushed to the disk and then renamed over the target. A crash, a
/// full disk or an exception half-way leaves the old file as it was. A process that is killed may leave a <c>.name.*.tmp</c> beside it, which the next one that writes the same file
/// takes away.
/// </summary>
public static class AtomicFile
{
    private const string TemporaryExtension = ".tmp";

    /// <summary>Writes <paramref name="path"/> through <paramref name="write"/>; the stream is seekable and owned by this method.</summary>
    /// <param name="path">The file to create or replace. A symbolic link is followed: its target is replaced, not the link.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the folder or the disk refused the data.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = ResolveTarget(path);
        string prefix = Prefix(target);
        DeleteLeftOvers(prefix);
        string temporary = Temporary(prefix);
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (e is UnauthorizedAccessException)
            {
                throw Denied(path, target, e);
            }

            if (e is IOException)
            {
                throw new IOException($"'{path}' could not be written, and is left as it was: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Replaces <paramref name="path"/> by <paramref name="text"/> in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>
    /// Refuses, before any work is done, a path that <see cref="Write"/> could not write: no such folder, a folder of that name, or one in which no files can be made.
    /// </summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void EnsureWritable(string path)
    {
        string target = ResolveTarget(path);
        DeleteLeftOvers(Prefix(target));
        try
        {
            new FileStream(Temporary(Prefix(target)), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Denied(path, target, e);
        }
    }

    private static string Prefix(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.");

    private static string Temporary(string prefix) => $"{prefix}{Environment.ProcessId}-{Guid.NewGuid():N}{TemporaryExtension}";

    private static IOException Denied(string path, string target, Exception reason) => new(
        $"'{path}' cannot be written: no file can be made in the folder '{Path.GetDirectoryName(target)}' ({(reason is UnauthorizedAccessException ? "permission denied" : reason.Message)}). "
        + "Choose another folder, or change its permissions.", reason);

    private static string ResolveTarget(string path)
    {
        string full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is not null)
        {
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }

        if (Directory.Exists(full))
        {
            throw new IOException($"'{path}' is a folder; give the name of a file in it.");
        }

        string? folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' of '{path}' does not exist; create it first.");
        }

        return full;
    }

    /// <summary>Takes away what processes left that no longer run. One that is still being written, on another machine perhaps, is locked.</summary>
    private static void DeleteLeftOvers(string prefix)
    {
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(prefix)!, ".*" + TemporaryExtension))
        {
            if (!file.StartsWith(prefix, StringComparison.Ordinal)
                || !int.TryParse(file.AsSpan(prefix.Length).Slice(0, Math.Max(file.AsSpan(prefix.Length).IndexOf('-'), 0)), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                || IsRunning(process))
            {
                continue;
            }

            try
            {
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is somebody else's, or gone already.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The exception that brought us here says more than a left-over temporary file would.
        }
    }
}
