using Decoder.Models;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Reports;

/// <summary>A recording in words.</summary>
internal static class RecordingFacts
{
    /// <summary>What is known of it.</summary>
    public static IReadOnlyList<ReportFact> Of(RecordingSource source, string name, int rows, int neurons, bool isSimulated, string? checksum)
    {
        var facts = new List<ReportFact>
        {
            new("Kind", isSimulated ? "Simulated by this program's model of mouse V1; no animal was recorded." : "A recording that is not marked as simulated."),
            new("Source", name),
            new("Size", $"{ReportNumber.Count(rows, "row")} (stimuli) × {ReportNumber.Count(neurons, "neuron")}"),
        };
        if (source.File is { } file && file != name)
        {
            facts.Add(new("File", file));
        }

        if (source.BinWidth is { } width)
        {
            facts.Add(new("Binning", $"Stimuli and responses are averaged in bins of {ReportNumber.Setting(width)}°."));
        }

        if (source.Reading is { } reading && Selection(reading) is { Length: > 0 } selection)
        {
            facts.Add(new("Selection", selection));
        }

        if (checksum is not null)
        {
            facts.Add(new("Checksum", $"{checksum} (XXH128 of responses, stimuli and spontaneous activity)"));
        }

        return facts;
    }

    /// <summary>The name of a recording in a table.</summary>
    public static string Name(RecordingSource source, string name, bool isSimulated)
    {
        var shown = source.File is { } file ? Path.GetFileName(file) : name;
        return isSimulated && !shown.Contains("simulated", StringComparison.Ordinal) ? shown + " (simulated)" : shown;
    }

    private static string Selection(ReadingOptions reading)
    {
        var parts = new List<string>();
        void Add(string? value, string text)
        {
            if (value is not null)
            {
                parts.Add(text);
            }
        }

        Add(reading.Responses, $"responses from {reading.Responses}");
        Add(reading.Stimuli, $"stimuli from {reading.Stimuli}{(reading.Radians ? ", in radians" : "")}");
        Add(reading.Trials, $"trials {reading.Trials}");
        Add(reading.Neurons, $"neurons {reading.Neurons}");
        Add(reading.Running, $"trials in which the animal was {ChoiceName.Of(reading.Keep.ToString())}, by {reading.Running} above {ReportNumber.Setting(reading.RunningThreshold)}");
        Add(reading.Spontaneous, $"spontaneous activity from {reading.Spontaneous}");
        return string.Join("; ", parts);
    }
}
