using Decoder.Folders;
using Decoder.Terminal;

namespace Decoder.Reports;

/// <summary>Recognizes what left a folder by the files in it.</summary>
internal static class ReportReader
{
    private const int MostNamed = 5;

    private static readonly Dictionary<FolderKind, Func<string, string, ReportSection>> Sections = new()
    {
        [FolderKind.Run] = RunSection.Read,
        [FolderKind.Evaluation] = EvaluationSection.Read,
        [FolderKind.Comparison] = ComparisonSection.Read,
        [FolderKind.Search] = SweepSection.Read,
        [FolderKind.Curves] = CurvesSection.Read,
        [FolderKind.Encoder] = EncodingSection.Read,
        [FolderKind.Temporal] = TemporalSection.Read,
        [FolderKind.Tilt] = TiltSection.Read,
    };

    private static string Commands { get; } = Listed(FolderKind.All.Select(kind => kind.Command));

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="prefix">With what identifiers in its part of the page begin.</param>
    /// <exception cref="InvalidInputException">It is not a folder of this program, not finished, or damaged.</exception>
    public static ReportSection Read(string path, string prefix)
    {
        if (!Directory.Exists(path))
        {
            throw new InvalidInputException(File.Exists(path)
                ? $"'{path}' is a file; 'decoder report' takes the folders that the commands {Commands} leave."
                : $"There is no folder '{path}'. 'decoder report' takes the folders that the commands {Commands} leave, runs/... unless --out says otherwise.");
        }

        if (FolderKind.Of(path) is { } kind)
        {
            return ReadWhole(path, prefix, Sections[kind]);
        }

        string[] inside = [.. Directory.GetDirectories(path).Where(folder => FolderKind.Of(folder) is not null).Order(StringComparer.Ordinal)];
        throw new InvalidInputException(inside.Length == 0
            ? $"'{path}' is not a folder of this program: it has none of {Listed(FolderKind.All.Select(kind => kind.Configuration))}, one of which the commands {Commands} leave."
            : $"'{path}' is not a run but a folder of runs. Name those to report: {CommandText.On("report", inside.AsSpan(0, Math.Min(inside.Length, MostNamed)))}"
                + $"{(inside.Length > MostNamed ? $" and {inside.Length - MostNamed} more" : "")}.");
    }

    private static ReportSection ReadWhole(string path, string prefix, Func<string, string, ReportSection> read)
    {
        try
        {
            return read(path, prefix);
        }
        catch (FileNotFoundException e)
        {
            throw new InvalidInputException($"'{path}' is damaged: {e.Message}");
        }
    }

    private static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
