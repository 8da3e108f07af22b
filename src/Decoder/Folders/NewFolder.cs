using System.Globalization;
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

    /// <summary>Refuses a folder that already has something in it, before any work is done.</summary>
    /// <exception cref="InvalidInputException">It has, or a file of that name is in the way.</exception>
    public static void EnsureFree(string path)
    {
        if (File.Exists(path))
        {
            throw new InvalidInputException($"'{path}' is a file; --out names a folder to make.");
        }

        if (!Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path).All(IsLeftOver))
        {
            return;
        }

        throw new InvalidInputException(FolderKind.Of(path) switch
        {
            null => $"The folder '{path}' is not empty. Choose another --out.",
            { } kind when File.Exists(Path.Combine(path, FolderKind.Result)) =>
                $"There is the {kind.Thing} of an earlier 'decoder {kind.Command}' in '{path}' already, and it is not overwritten. Choose another --out, or delete it.",
            { } kind => $"There is the {kind.Thing} of an earlier 'decoder {kind.Command}' in '{path}', which was not finished. {kind.HowToFinish(path)} Or choose another --out.",
        });
    }

    /// <summary>Makes the folder, without what a process left that was killed in writing the first file.</summary>
    /// <inheritdoc cref="EnsureFree" path="/exception"/>
    public static void Create(string path)
    {
        EnsureFree(path);
        Directory.CreateDirectory(path);
        foreach (var file in Directory.EnumerateFileSystemEntries(path))
        {
            File.Delete(file);
        }
    }

    /// <summary>Whether it is a file that <see cref="Autodiff.AtomicFile"/> had not yet renamed.</summary>
    private static bool IsLeftOver(string path) => File.Exists(path) && Path.GetFileName(path) is var name && name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal);
}
