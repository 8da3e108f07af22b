using System.Globalization;
using System.Text.Json;
using Autodiff;
using Decoder.Models;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>The folder that a run leaves. Every file in it is whole or absent, but for the last line of metrics.jsonl while training runs.</summary>
internal sealed class RunFolder
{
    private RunFolder(string path) => Root = path;

    /// <summary>The folder, as it was given.</summary>
    public string Root { get; }

    public string Metrics => Path.Combine(Root, "metrics.jsonl");

    public string Model => Path.Combine(Root, "model.safetensors");

    public string Checkpoint => Path.Combine(Root, "checkpoint.safetensors");

    public string Predictions => Path.Combine(Root, "predictions.csv");

    public string Figures => Path.Combine(Root, "figures");

    private string Configuration => Path.Combine(Root, "config.json");

    private string Result => Path.Combine(Root, "result.json");

    private string FoldRecords => Path.Combine(Root, "folds.jsonl");

    /// <summary>A name for a run of now, which is not in use: runs/20260131-235959.</summary>
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

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new InvalidInputException(Is(path)
                ? $"There is a run in '{path}' already, and it is not overwritten. Choose another --out, continue it with --resume {path}, or delete it."
                : $"The folder '{path}' is not empty. Choose another --out.");
        }
    }

    /// <summary>Makes the folder and notes the configuration.</summary>
    public static RunFolder Create(string path, RunConfiguration configuration)
    {
        EnsureFree(path);
        Directory.CreateDirectory(path);
        var folder = new RunFolder(path);
        JsonFile.Write(folder.Configuration, configuration, RunJson.Default.RunConfiguration);
        return folder;
    }

    /// <summary>Whether a folder is one of a run.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, "config.json"));

    /// <summary>Opens a run.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static RunFolder Open(string path) => Is(path)
        ? new RunFolder(path)
        : throw new InvalidInputException(
            $"There is no run in '{path}': it has no config.json. 'decoder train' leaves its run in the folder that it prints, runs/... unless --out says otherwise.");

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">It was not written by this program.</exception>
    public RunConfiguration ReadConfiguration()
    {
        var configuration = JsonFile.Read(Configuration, RunJson.Default.RunConfiguration);
        return configuration.Format == RunConfiguration.CurrentFormat ? configuration : throw new InvalidInputException(
            $"{Configuration} has format {configuration.Format}; this program reads format {RunConfiguration.CurrentFormat}. Use the version of the program that wrote it, {configuration.Version}.");
    }

    /// <summary>The result; null where training has not finished.</summary>
    public RunResult? ReadResult() => File.Exists(Result) ? JsonFile.Read(Result, RunJson.Default.RunResult) : null;

    public void WriteResult(RunResult result) => JsonFile.Write(Result, result, RunJson.Default.RunResult);

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
    public List<Prediction> ReadPredictions()
    {
        try
        {
            return PredictionTable.Read(Predictions);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }

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
