using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder data info</c>: what is in a recording.</summary>
internal static class DataInfoCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A file: .npz, .npy, .mat, .csv, or HDF5 (MAT v7.3, NWB)." };

    /// <summary>So many arrays are listed for people; programs get all.</summary>
    private const int MostLines = 200;

    private static readonly RecordingOptions Reading = new();

    private static readonly Hdf5Options Hdf5 = new();

    public static Command Create()
    {
        var command = new Command("info", "Show what is in a file: its arrays with their paths and, where they make a recording, its shape, stimuli and tuning.") { File };
        RecordingOptions.Add(command, [.. Reading.All, .. Hdf5.All]);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), cancellation));
        ExampleHelp.Add(
            command,
            "decoder data info simulated.npz",
            "decoder data info session.mat",
            "decoder data info session.mat --resp neural/dff --stimuli stim/angles",
            "decoder data info resp.npy --stimuli angles.npy --json");
        return command;
    }

    private static int Run(ParseResult parse, CancellationToken cancellation)
    {
        using var file = ArrayFile.Open(parse.GetRequiredValue(File), RecordingReader.DefaultMaximumBytes, Hdf5.Bounds(parse, cancellation));
        var reading = Reading.Reading(parse);
        Recording? recording = null;
        try
        {
            recording = Reading.Bin(RecordingReader.Read(file, reading, RecordingReader.DefaultMaximumBytes), parse);
        }
        catch (ArrayNotFoundException e) when (reading is { Responses: null, Stimuli: null })
        {
            parse.InvocationConfiguration.Error.WriteLine($"decoder: {e.Message}");
        }

        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            PrintJson(output, file, recording);
            return ExitCode.Success;
        }

        PrintTree(output, file);
        if (recording is not null)
        {
            output.WriteLine();
            PrintText(output, recording, RecordingSummary.Compute(recording), TuningStatistics.Compute(recording));
        }

        return ExitCode.Success;
    }

    private static void PrintTree(TextWriter output, IArrayFile file)
    {
        var lines = Collapse(file.Entries);
        var shown = lines.Take(MostLines).ToArray();
        var names = Math.Min(48, shown.Select(line => line.Name.Length).DefaultIfEmpty().Max());
        foreach (var (name, entry) in shown)
        {
            output.WriteLine($"{name.PadRight(names)}  {entry.Type,-10}  {entry.ShapeText}{(entry.Note is null ? "" : "  " + entry.Note)}".TrimEnd());
        }

        if (lines.Count > shown.Length)
        {
            output.WriteLine($"and {lines.Count - shown.Length} more lines; --json lists all arrays");
        }
    }

    /// <summary>The cells of a cell array one after the other, where they are alike, on one line: c{1} to c{128}.</summary>
    private static List<(string Name, ArrayEntry Entry)> Collapse(IReadOnlyList<ArrayEntry> entries)
    {
        var lines = new List<(string Name, ArrayEntry Entry)>();
        for (var i = 0; i < entries.Count;)
        {
            var (first, last) = (entries[i], i);
            while (last + 1 < entries.Count && Stem(first.Name) is { } stem && stem == Stem(entries[last + 1].Name)
                && first with { Name = "", Shape = null } == entries[last + 1] with { Name = "", Shape = null } && first.ShapeText == entries[last + 1].ShapeText)
            {
                last++;
            }

            lines.Add((last > i ? $"{first.Name} to {entries[last].Name[Stem(first.Name)!.Length..]}" : first.Name, first));
            i = last + 1;
        }

        return lines;
    }

    private static string? Stem(string name) => name.EndsWith('}') ? name[..name.LastIndexOf('{')] : null;

    private static void PrintText(TextWriter output, Recording recording, RecordingSummary summary, TuningStatistics tuning)
    {
        void Line(string name, FormattableString value) => output.WriteLine($"{name,-24}{value.ToString(CultureInfo.InvariantCulture)}");

        Line("recording", $"{recording.Source}{(recording.IsSimulated ? " (simulated)" : "")}");
        Line("responses", $"{recording.StimulusCount} rows x {recording.NeuronCount} neurons");
        if (recording.TestStart is { } start)
        {
            Line("split", $"{start} rows to train on, {recording.StimulusCount - start} to test on");
        }

        Line("stimuli", $"{summary.DistinctStimuli} different, {summary.MinimumStimulus:G6} to {summary.MaximumStimulus:G6} degrees");
        Line("rows per stimulus", $"{summary.FewestRows} to {summary.MostRows}");
        Line("response range", $"{summary.MinimumResponse:G6} to {summary.MaximumResponse:G6}");
        Line("response mean, s.d.", $"{summary.MeanResponse:G4}, {summary.ResponseDeviation:G4}");
        if (double.IsNaN(tuning.MedianSelectivity))
        {
            Line("orientation selectivity", $"fewer than 3 orientations");
        }
        else
        {
            Line("orientation selectivity", $"{tuning.MedianSelectivity:F2} (median; 0 untuned, 1 one orientation only)");
            Line("preferred orientations", $"concentration {tuning.PreferenceConcentration:F2} (0 spread evenly, 1 all the same)");
        }

        if (tuning.MedianReliability is { } reliability)
        {
            Line("split-half reliability", $"{reliability:F3} (median), {tuning.ReliableFraction * 100:F0} % of neurons above 0.5");
        }
        else
        {
            Line("split-half reliability", $"not defined without repeated trials");
        }
    }

    private static void PrintJson(TextWriter output, IArrayFile file, Recording? recording) =>
        JsonOutput.Print(output, json =>
        {
            json.WriteStartArray("arrays");
            foreach (var entry in file.Entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndArray();
            if (recording is not null)
            {
                WriteRecording(json, recording, RecordingSummary.Compute(recording), TuningStatistics.Compute(recording));
            }
        });

    private static void WriteEntry(Utf8JsonWriter json, ArrayEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("path", entry.Name);
        json.WriteString("type", entry.Type);
        if (entry.Shape is not null)
        {
            json.WriteStartArray("shape");
            Array.ForEach(entry.Shape, json.WriteNumberValue);
            json.WriteEndArray();
        }

        json.WriteBoolean("readable", entry.IsReadable);
        if (entry.Note is not null)
        {
            json.WriteString("note", entry.Note);
        }

        json.WriteEndObject();
    }

    private static void WriteRecording(Utf8JsonWriter json, Recording recording, RecordingSummary summary, TuningStatistics tuning)
    {
        json.WriteStartObject("data");
        json.WriteNumber("neurons", recording.NeuronCount);
        json.WriteNumber("stimuli", recording.StimulusCount);
        json.WriteBoolean("simulated", recording.IsSimulated);
        json.WriteEndObject();
        json.WriteString("source", recording.Source);
        json.WriteFinite("testStart", recording.TestStart);
        json.WriteStartObject("stimulus");
        json.WriteNumber("distinct", summary.DistinctStimuli);
        json.WriteNumber("minimumDegrees", summary.MinimumStimulus);
        json.WriteNumber("maximumDegrees", summary.MaximumStimulus);
        json.WriteNumber("fewestRows", summary.FewestRows);
        json.WriteNumber("mostRows", summary.MostRows);
        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteNumber("minimum", summary.MinimumResponse);
        json.WriteNumber("maximum", summary.MaximumResponse);
        json.WriteNumber("mean", summary.MeanResponse);
        json.WriteNumber("standardDeviation", summary.ResponseDeviation);
        json.WriteEndObject();
        json.WriteStartObject("tuning");
        json.WriteFinite("medianSelectivity", tuning.MedianSelectivity);
        json.WriteFinite("preferenceConcentration", tuning.PreferenceConcentration);
        json.WriteFinite("medianReliability", tuning.MedianReliability);
        json.WriteFinite("reliableFraction", tuning.ReliableFraction);
        json.WriteEndObject();
    }
}
