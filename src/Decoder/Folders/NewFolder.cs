using System.Globalization;
using Autodiff;
using Decoder.Terminal;

namespace Decoder.Folders;

/// <summary>A folder that is yet to be made.</summary>
internal static class NewFolder
{
    /// <summary>A name for a folder of now, which is not in use: runs/20260131-235959.</summary>
    /// <param name="parent">The folder to make it in.</param>
    public static string DefaultName(string parent = "runs")
    {
        var name = Path.Combine(parent, DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        var free = name;
        for (var i = 2; Path.Exists(free); i++)
        {
            free = $"{name}-{i}";
        }

        return free;
    }

    /// <summary>
    /// Refuses a folder that already has something in it, before any work is done. What a command that writes when all is computed left when it was killed in writing is no
    /// obstacle to the same command: it starts clean.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="kind">What is to be made.</param>
    /// <exception cref="InvalidInputException">It has, or a file of that name is in the way.</exception>
    public static void EnsureFree(string path, FolderKind kind)
    {
        if (File.Exists(path))
        {
            throw new InvalidInputException($"'{path}' is a file; name a folder to make.");
        }

        if (!Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path).All(IsLeftOver) || (!kind.Resumes && kind.Is(path) && !kind.IsFinished(path)))
        {
            EnsureCanBeMade(path);
            return;
        }

        throw new InvalidInputException(FolderKind.Of(path) switch
        {
            null => $"The folder '{path}' is not empty. Choose another one.",
            { } other when other.IsFinished(path) =>
                $"There is the {other.Thing} of an earlier 'decoder {other.Command}' in '{path}' already, and it is not overwritten. Choose another folder, or delete it.",
            { } other => $"There is the {other.Thing} of an earlier 'decoder {other.Command}' in '{path}', which was not finished. {other.HowToFinish(path)} Or choose another folder.",
        });
    }

    /// <summary>Refuses a folder that nothing can be written to; some commands would find out only after hours.</summary>
    /// <exception cref="IOException">It, or the folder to make it in, lets no files be made.</exception>
    private static void EnsureCanBeMade(string path)
    {
        var (existing, name) = (Path.GetFullPath(path), "");
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            (existing, name) = (parent, Path.GetFileName(existing));
        }

        if (name.Length > 0 && File.Exists(Path.Combine(existing, name)))
        {
            throw new InvalidInputException($"'{path}' cannot be made: '{Path.Combine(existing, name)}' is a file. Choose another folder.");
        }

        AtomicFile.EnsureWritable(Path.Combine(existing, name.Length > 0 ? name : FolderKind.Result));
    }

    /// <summary>Makes the folder, without what a process left in it that was killed in writing.</summary>
    /// <inheritdoc cref="EnsureFree"/>
    public static void Create(string path, FolderKind kind)
    {
        EnsureFree(path, kind);
        Directory.CreateDirectory(path);
        var figures = Path.Combine(path, FolderKind.Figures);
        string[] files = [.. Directory.GetFiles(path), .. Directory.Exists(figures) ? Directory.GetFiles(figures) : []];

        // The configuration stays until it is replaced: by it what is left over is recognized, should this process be killed too.
        foreach (var file in files.Where(file => IsWritten(file) && Path.GetFileName(file) != kind.Configuration))
        {
            File.Delete(file);
        }
    }

    /// <summary>Whether it may be a file that a command has written.</summary>
    private static bool IsWritten(string path) => IsLeftOver(path) || Path.GetExtension(path) is ".json" or ".csv" or ".safetensors" or ".svg" or ".png";

    /// <summary>Whether it is a file that <see cref="AtomicFile"/> had not yet renamed.</summary>
    private static bool IsLeftOver(string path) => File.Exists(path) && Path.GetFileName(path) is var name && name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal);
}
