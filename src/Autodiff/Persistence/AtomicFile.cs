namespace Autodiff;

/// <summary>Writes files so that whoever reads them finds the old content or the new, never half of one.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it over the old one.
    /// </summary>
    /// <remarks>
    /// If <paramref name="write"/> throws, the old file stays and the temporary one is removed; if the process is killed, the old file
    /// stays and a
    /// <c>.name.random.tmp</c> may be left beside it. A symbolic link stays a link; the file that it points to is replaced.
    /// </remarks>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        FileInfo file = new(path);
        string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string directory = Path.GetDirectoryName(target) ?? throw new IOException($"'{path}' is not a file name.");
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: the directory '{directory}' does not exist. Create it "
                + "first.");
        string temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
