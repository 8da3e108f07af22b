using System.Text.Json;
using Autodiff;
using Decoder.Folders;
using Decoder.Models;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>The folder that a run leaves. The last line of metrics.jsonl may be cut off while training runs.</summary>
internal sealed class RunFolder(string path)
    : ResultFolder<RunFolder, RunConfiguration, RunResult>(path, FolderKind.Run, RunJson.Default.RunConfiguration, RunJson.Default.RunResult), IResultFolder<RunFolder>
{
    static RunFolder IResultFolder<RunFolder>.At(string path) => new(path);

    public string Metrics => PathOf("metrics.jsonl");

    public string Checkpoint => PathOf("checkpoint.safetensors");

    public string Predictions => PathOf("predictions.csv");

    private string FoldRecords => PathOf("folds.jsonl");

    /// <summary>The epochs so far. A last line that a killed process left without its end is left out.</summary>
    /// <exception cref="InvalidInputException">Another line is damaged.</exception>
    public List<EpochRecord> ReadMetrics() => JsonFile.ReadLines(Metrics, RunJson.Default.EpochRecord);

    /// <summary>Replaces the epochs so far.</summary>
    public void WriteMetrics(IEnumerable<EpochRecord> records) => JsonFile.WriteLines(Metrics, records, RunJson.Default.EpochRecord);

    /// <summary>An epoch as a line of metrics.jsonl.</summary>
    public static string Line(EpochRecord record) => JsonSerializer.Serialize(record, RunJson.Default.EpochRecord);

    /// <summary>The finished folds.</summary>
    /// <exception cref="InvalidInputException">A line is damaged.</exception>
    public List<FoldRecord> ReadFolds() => JsonFile.ReadLines(FoldRecords, RunJson.Default.FoldRecord);

    public void WriteFolds(IEnumerable<FoldRecord> records) => JsonFile.WriteLines(FoldRecords, records, RunJson.Default.FoldRecord);

    /// <summary>The predictions of the test set, as far as they are made.</summary>
    /// <exception cref="InvalidInputException">The table is damaged.</exception>
    public List<Prediction> ReadPredictions() => ReadTable(Predictions);

    /// <summary>The state to go on from; null where there is none.</summary>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    public SafeTensors? ReadCheckpoint() => File.Exists(Checkpoint)
        ? ReadTensors(Checkpoint, $"Delete the checkpoint, and --resume {Root} starts over from the last finished fold, or from the beginning.")
        : null;

    /// <summary>The model.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is damaged.</exception>
    public SafeTensors ReadModel()
    {
        if (File.Exists(Model))
        {
            return ReadTensors(Model, "Put a whole copy in its place, or train again.");
        }

        throw new InvalidInputException(ReadConfiguration().Training.Folds is { } folds
            ? $"'{Root}' is a cross-validation of {folds} folds, which judges settings and leaves no model. Train one with the same options without --folds."
            : $"'{Root}' has no model: training did not finish. Continue it with 'decoder train --resume {Root}'.");
    }

    private static SafeTensors ReadTensors(string path, string advice)
    {
        try
        {
            return SafeTensors.Load(path);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException($"{e.Message} {advice}");
        }
    }
}
