using System.CommandLine;
using System.Globalization;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary><c>decoder data info</c>: what is in a recording.</summary>
internal static class DataInfoCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A recording, .npz or .npy." };

    private static readonly RecordingOptions Reading = new();

    public static Command Create()
    {
        var command = new Command("info", "Show the shape, the stimuli and the tuning of a recording.") { File };
        Reading.AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse), cancellation));
        ExampleHelp.Add(
            command,
            "decoder data info simulated.npz",
            "decoder data info resp.npy --stimuli angles.npy --json");
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var recording = Reading.Read(parse.GetRequiredValue(File), parse);
        var summary = RecordingSummary.Compute(recording);
        var tuning = TuningStatistics.Compute(recording);
        if (parse.GetValue(DecoderCommand.Json))
        {
            PrintJson(parse.InvocationConfiguration.Output, recording, summary, tuning);
        }
        else
        {
            PrintText(parse.InvocationConfiguration.Output, recording, summary, tuning);
        }

        return ExitCode.Success;
    }

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

    private static void PrintJson(TextWriter output, Recording recording, RecordingSummary summary, TuningStatistics tuning) =>
        JsonOutput.Print(output, json =>
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
        });
}
