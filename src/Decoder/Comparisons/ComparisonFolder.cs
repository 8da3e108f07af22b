using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Comparisons;

/// <summary>The folder that a comparison leaves. What a decoder has finished stays there, and is not done again after an interruption.</summary>
internal sealed class ComparisonFolder
{
    private const string ConfigurationName = "comparison.json";

    private ComparisonFolder(string path) => Root = path;

    /// <summary>The folder, as it was given.</summary>
    public string Root { get; }

    public string Figures => Path.Combine(Root, "figures");

    private string Parts => Path.Combine(Root, "parts.jsonl");

    private string Result => Path.Combine(Root, "result.json");

    /// <summary>Whether a folder is one of a comparison.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, ConfigurationName));

    /// <summary>Makes the folder and notes the configuration.</summary>
    /// <exception cref="InvalidInputException">There is something in it already.</exception>
    public static ComparisonFolder Create(string path, ComparisonConfiguration configuration)
    {
        RunFolder.EnsureFree(path);
        Directory.CreateDirectory(path);
        JsonFile.Write(Path.Combine(path, ConfigurationName), configuration, ComparisonJson.Default.ComparisonConfiguration);
        return new(path);
    }

    /// <summary>Opens a comparison.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static ComparisonFolder Open(string path) => Is(path)
        ? new(path)
        : throw new InvalidInputException(
            $"There is no comparison in '{path}': it has no {ConfigurationName}. 'decoder compare' leaves its results in the folder that it prints, runs/... unless --out says otherwise.");

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">It was not written by this program.</exception>
    public ComparisonConfiguration ReadConfiguration()
    {
        var path = Path.Combine(Root, ConfigurationName);
        var configuration = JsonFile.Read(path, ComparisonJson.Default.ComparisonConfiguration);
        return configuration.Format == ComparisonConfiguration.CurrentFormat ? configuration : throw new InvalidInputException(
            $"{path} has format {configuration.Format}; this program reads format {ComparisonConfiguration.CurrentFormat}. Use the version of the program that wrote it, {configuration.Version}.");
    }

    /// <summary>What is finished.</summary>
    /// <exception cref="InvalidInputException">A line is damaged.</exception>
    public List<FinishedPart> ReadParts() => JsonFile.ReadLines(Parts, ComparisonJson.Default.FinishedPart);

    /// <summary>Keeps what a decoder says about a fold: first the predictions, then the note that they are there.</summary>
    public void Add(FinishedPart part, IReadOnlyList<Prediction> predictions)
    {
        if (part.Refused is null)
        {
            PredictionTable.Write(Predictions(part.Decoder, part.Fold), predictions);
        }

        JsonFile.WriteLines(Parts, [.. ReadParts(), part], ComparisonJson.Default.FinishedPart);
    }

    /// <summary>What a decoder said about a fold.</summary>
    /// <exception cref="InvalidInputException">The table is missing or damaged.</exception>
    public List<Prediction> ReadPredictions(FinishedPart part)
    {
        var path = Predictions(part.Decoder, part.Fold);
        try
        {
            return PredictionTable.Read(path);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new InvalidInputException($"{e.Message} Remove its line from {Parts}, and --resume {Root} decodes again.");
        }
    }

    /// <summary>The result; null where the comparison is not finished.</summary>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    public ComparisonResult? ReadResult() => File.Exists(Result) ? JsonFile.Read(Result, ComparisonJson.Default.ComparisonResult) : null;

    public void WriteResult(ComparisonResult result) => JsonFile.Write(Result, result, ComparisonJson.Default.ComparisonResult);

    private string Predictions(string decoder, int fold) => Path.Combine(Root, $"{decoder}.{fold}.csv");
}
