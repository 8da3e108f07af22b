using Decoder.Comparisons;
using Decoder.Encoders;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Reports;

/// <summary>Recognizes what left a folder by the files in it.</summary>
internal static class ReportReader
{
    private const int MostNamed = 5;

    private static readonly (Func<string, bool> Is, Func<string, string, ReportSection> Read)[] Kinds =
    [
        (RunFolder.Is, RunSection.Read),
        (ComparisonFolder.Is, ComparisonSection.Read),
        (EncodingFolder.Is, EncodingSection.Read),
    ];

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="prefix">With what identifiers in its part of the page begin.</param>
    /// <exception cref="InvalidInputException">It is not a folder of this program, not finished, or damaged.</exception>
    public static ReportSection Read(string path, string prefix)
    {
        if (!Directory.Exists(path))
        {
            throw new InvalidInputException(File.Exists(path)
                ? $"'{path}' is a file; 'decoder report' takes the folders that 'decoder train', 'compare' and 'encode' leave."
                : $"There is no folder '{path}'. 'decoder report' takes the folders that 'decoder train', 'compare' and 'encode' leave, runs/... unless --out says otherwise.");
        }

        foreach (var (isOne, read) in Kinds)
        {
            if (isOne(path))
            {
                return ReadWhole(path, prefix, read);
            }
        }

        string[] inside = [.. Directory.GetDirectories(path).Where(folder => Kinds.Any(kind => kind.Is(folder))).Order(StringComparer.Ordinal)];
        throw new InvalidInputException(inside.Length == 0
            ? $"'{path}' is not a folder of this program: it has none of config.json, comparison.json and encoding.json, one of which 'decoder train', 'compare' and 'encode' leave."
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
}
