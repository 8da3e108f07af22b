using Decoder.Folders;
using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Comparisons;

/// <summary>The folder that a comparison leaves. What a decoder has finished stays there, and is not done again after an interruption.</summary>
internal sealed class ComparisonFolder(string path)
    : ResultFolder<ComparisonFolder, ComparisonConfiguration, ComparisonResult>(path, FolderKind.Comparison, ComparisonJson.Default.ComparisonConfiguration, ComparisonJson.Default.ComparisonResult), IResultFolder<ComparisonFolder>
{
    static ComparisonFolder IResultFolder<ComparisonFolder>.At(string path) => new(path);

    private string Parts => PathOf("parts.jsonl");

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

    private string Predictions(string decoder, int fold) => Path.Combine(Root, $"{decoder}.{fold}.csv");
}
