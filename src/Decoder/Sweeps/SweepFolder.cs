using System.Globalization;
using System.Text;
using Autodiff;
using Decoder.Folders;
using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>The folder that a search leaves: one run folder for each trial, and one for the best. What is finished stays, and is not done again after an interruption.</summary>
internal sealed class SweepFolder(string path)
    : ResultFolder<SweepFolder, SweepConfiguration, SweepResult>(path, FolderKind.Search, SweepJson.Default.SweepConfiguration, SweepJson.Default.SweepResult), IResultFolder<SweepFolder>
{
    private readonly Lock _lock = new();

    static SweepFolder IResultFolder<SweepFolder>.At(string path) => new(path);

    private string Records => PathOf("trials.jsonl");

    /// <inheritdoc/>
    public override SweepConfiguration ReadConfiguration() => base.ReadConfiguration() is { Trials.Count: > 0 } configuration
        ? configuration : throw new InvalidInputException($"{PathOf(Kind.Configuration)} has no trials. It is not one of this program's.");

    /// <summary>How far the trials have come.</summary>
    /// <exception cref="InvalidInputException">A line is damaged.</exception>
    public List<TrialRecord> ReadRecords() => JsonFile.ReadLines(Records, SweepJson.Default.TrialRecord);

    /// <summary>Keeps how far the trials have come. May be called from any thread.</summary>
    public void WriteRecords(IReadOnlyCollection<TrialRecord> records)
    {
        lock (_lock)
        {
            JsonFile.WriteLines(Records, records, SweepJson.Default.TrialRecord);
        }
    }

    /// <summary>Writes the result, and the trials as a table.</summary>
    public void WriteResult(SweepResult result, IReadOnlyList<string> searched)
    {
        AtomicFile.WriteText(PathOf("trials.csv"), Table(result.Trials, searched));
        WriteResult(result);
    }

    /// <summary>The folder of a trial.</summary>
    public string Trial(int number) => Path.Combine(Root, "trials", number.ToString("D3", CultureInfo.InvariantCulture));

    /// <summary>The folder of the best, trained on the whole training set.</summary>
    public string Winner => PathOf("winner");

    /// <summary>The run in a folder of the search; where a process was killed in making it, it is made anew.</summary>
    public static RunFolder OpenOrCreate(string path, RunConfiguration configuration)
    {
        if (FolderKind.Run.Is(path))
        {
            return RunFolder.Open(path);
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return RunFolder.Create(path, configuration);
    }

    private static string Table(IReadOnlyList<SweepResult.TrialSummary> trials, IReadOnlyList<string> searched)
    {
        static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"trial,{string.Join(',', searched)},epochs,median_error_degrees,mean_error_degrees,accuracy,nll\n");
        foreach (var trial in trials)
        {
            // Hidden layers are separated by commas.
            var values = searched.Select(name => trial.Values[name].Contains(',', StringComparison.Ordinal) ? $"\"{trial.Values[name]}\"" : trial.Values[name]);
            var scores = trial.Validation;
            text.Append(CultureInfo.InvariantCulture, $"{trial.Trial},{string.Join(',', values)},{trial.Epochs},{Number(scores?.MedianAbsoluteErrorDegrees)},");
            text.Append(CultureInfo.InvariantCulture, $"{Number(scores?.MeanAbsoluteErrorDegrees)},{Number(scores?.Accuracy)},{Number(scores?.Nll)}\n");
        }

        return text.ToString();
    }
}
