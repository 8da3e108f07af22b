using System.CommandLine;
using Decoder.Reports;

namespace Decoder.Commands;

/// <summary>The last lines of every command that leaves a folder, for people.</summary>
internal static class FolderOutput
{
    /// <summary>Says where the folder is, and how to make a page of it.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="path">The folder.</param>
    /// <param name="width">Width of the column of names.</param>
    public static void Print(ParseResult parse, string path, int width = 12)
    {
        var output = parse.InvocationConfiguration.Output;
        output.WriteLine("run".PadRight(width) + path);
        output.WriteLine("report".PadRight(width) + CommandText.On("report", path));
    }
}
