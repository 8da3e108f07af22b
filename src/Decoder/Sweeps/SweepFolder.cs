using System.Globalization;
using System.Text;
using Autodiff;
using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>The folder that a search leaves: one run folder for each trial, and one for the best. What is finished stays, and is not done again after an interruption.</summary>
internal sealed class SweepFolder
{
    private const string ConfigurationName = "sweep.json";

    private readonly Lock _lock = new();

    private SweepFolder(string path) => Root = path;

    /// <summary>The folder, as it was given.</summary>
    public string Root { get; }

    /// <summary>Where the figures are.</summary>
    public string Figures => Path.Combine(Root, "figures");

    private string Records => Path.Combine(Root, "trials.jsonl");

    private string Result => Path.Combine(Root, "result.json");

    /// <summary>Makes the folder and notes the configuration.</summary>
    /// <exception cref="InvalidInputException">There is something in it already.</exception>
    public static SweepFolder Create(string path, SweepConfiguration configuration)
    {
        EnsureFree(path);
        Directory.CreateDirectory(path);
        JsonFile.Write(Path.Combine(path, ConfigurationName), configuration, SweepJson.Default.SweepConfiguration);
        return new(path);
    }

    /// <summary>Refuses a folder that already has something in it.</summary>
    /// <exception cref="InvalidInputException">It has.</exception>
    public static void EnsureFree(string path)
    {
        if (File.Exists(Path.Combine(path, ConfigurationName)))
        {
            throw new InvalidInputException($"There is a search in '{path}' already, and it is not overwritten. Choose another --out, continue it with --resume {path}, or delete it.");
        }

        RunFolder.EnsureFree(path);
    }

    /// <summary>Opens a search.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static SweepFolder Open(string path) => File.Exists(Path.Combine(path, ConfigurationName))
        ? new(path)
        : throw new InvalidInputException(
            $"There is no search in '{path}': it has no {ConfigurationName}. 'decoder sweep' leaves its trials in the folder that it prints, sweeps/... unless --out says otherwise.");

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">It was not written by this program.</exception>
    public SweepConfiguration ReadConfiguration()
    {
        var path = Path.Combine(Root, ConfigurationName);
        var configuration = JsonFile.Read(path, SweepJson.Default.SweepConfiguration);
        if (configuration.Format != SweepConfiguration.CurrentFormat)
        {
            throw new InvalidInputException(
                $"{path} has format {configuration.Format}; this program reads format {SweepConfiguration.CurrentFormat}. Use the version of the program that wrote it, {configuration.Version}.");
        }

        return configuration.Trials.Count > 0 ? configuration : throw new InvalidInputException($"{path} has no trials. It is not one of this program's.");
    }

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

    /// <summary>The result; null where the search has not finished.</summary>
    public SweepResult? ReadResult() => File.Exists(Result) ? JsonFile.Read(Result, SweepJson.Default.SweepResult) : null;

    /// <summary>Writes the result, and the trials as a table.</summary>
    public void WriteResult(SweepResult result, IReadOnlyList<string> searched)
    {
        AtomicFile.WriteText(Path.Combine(Root, "trials.csv"), Table(result.Trials, searched));
        JsonFile.Write(Result, result, SweepJson.Default.SweepResult);
    }

    /// <summary>The folder of a trial.</summary>
    public string Trial(int number) => Path.Combine(Root, "trials", number.ToString("D3", CultureInfo.InvariantCulture));

    /// <summary>The folder of the best, trained on the whole training set.</summary>
    public string Winner => Path.Combine(Root, "winner");

    /// <summary>The run in a folder of the search; where a process was killed in making it, it is made anew.</summary>
    public static RunFolder OpenOrCreate(string path, RunConfiguration configuration)
    {
        if (File.Exists(Path.Combine(path, "config.json")))
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
