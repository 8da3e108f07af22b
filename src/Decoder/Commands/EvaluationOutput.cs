using System.Globalization;
using System.Text.Json;
using Autodiff;
using Decoder.Evaluation;
using Decoder.Figures;
using Decoder.Models;
using Decoder.Terminal;
using OxyPlot;

namespace Decoder.Commands;

/// <summary>Shows what an evaluation says beyond scores.</summary>
internal static class EvaluationOutput
{
    /// <summary>Prints it for people.</summary>
    public static void Print(TextWriter output, TestEvaluation evaluation)
    {
        if (evaluation.Discrimination is { } discrimination)
        {
            var threshold = discrimination.ThresholdDegrees is { } degrees
                ? string.Create(CultureInfo.InvariantCulture, $"differences of {degrees:F2} degrees are told in 75 % of trials")
                : "no difference of angles is told in 75 % of trials";
            output.WriteLine($"{"threshold",-12}{threshold}");
        }

        if (evaluation.Calibration is { } calibration)
        {
            var surplus = calibration.Predicted.Zip(calibration.Observed, (predicted, observed) => predicted - observed).Zip(calibration.Counts, (difference, count) => difference * count).Sum();
            output.WriteLine($"{"calibration",-12}" + string.Create(
                CultureInfo.InvariantCulture, $"predicted and observed probabilities differ by {calibration.Error:F3} on average: {(surplus > 0 ? "too sure" : "not sure enough")}"));
        }
    }

    /// <summary>Draws it into a folder, with the values in evaluation.json.</summary>
    public static void Write(string folder, TestEvaluation evaluation, Objective objective, bool isSimulated, bool png, TextWriter messages)
    {
        FigureFile.Write(Draw(evaluation, objective, isSimulated), folder, png, messages);
        AtomicFile.Write(Path.Combine(folder, "evaluation.json"), stream =>
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            if (evaluation.Discrimination is { } discrimination)
            {
                json.WriteStartObject("discrimination");
                json.WriteFinite("thresholdDegrees", discrimination.ThresholdDegrees);
                WriteArray(json, "differenceDegrees", discrimination.Differences);
                WriteArray(json, "choseRight", discrimination.ChoseRight);
                json.WriteEndObject();
            }

            if (evaluation.Calibration is { } calibration)
            {
                json.WriteStartObject("calibration");
                json.WriteNumber("error", calibration.Error);
                WriteArray(json, "predicted", calibration.Predicted);
                WriteArray(json, "observed", calibration.Observed);
                WriteArray(json, "trials", Array.ConvertAll(calibration.Counts, count => (double)count));
                json.WriteEndObject();
            }

            if (evaluation.Confusion is { } confusion)
            {
                // One array for each actual class.
                json.WriteStartArray("confusion");
                for (var actual = 0; actual < confusion.Classes; actual++)
                {
                    json.WriteStartArray();
                    for (var decoded = 0; decoded < confusion.Classes; decoded++)
                    {
                        json.WriteNumberValue(confusion.Counts[actual, decoded]);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    private static IEnumerable<(string Name, PlotModel Figure)> Draw(TestEvaluation evaluation, Objective objective, bool isSimulated)
    {
        if (evaluation.Discrimination is { } discrimination)
        {
            yield return ("discrimination", DiscriminationFigure.Create(discrimination, isSimulated));
        }

        if (evaluation.Calibration is { } calibration)
        {
            yield return ("calibration", CalibrationFigure.Create(calibration, isOfClasses: evaluation.Confusion is not null, isSimulated));
        }

        if (evaluation.Confusion is { } confusion)
        {
            var centers = Enumerable.Range(0, confusion.Classes).Select(i => (i + 0.5) * objective.Period / confusion.Classes).ToArray();
            var name = AngleName.Of(objective.Period);
            yield return ("confusion", MapFigure.CreateFractions(
                "Confusion of classes, test set",
                $"{confusion.Classes} classes; gray where none was shown",
                MapFigure.Transpose(confusion.Fractions()),
                MapAxis.Angles($"decoded {name} (degrees)", centers, objective.Period),
                MapAxis.Angles($"actual {name} (degrees)", centers, objective.Period),
                "fraction of the actual class",
                isSimulated));
        }
    }

    private static void WriteArray(Utf8JsonWriter json, string name, double[] values)
    {
        json.WriteStartArray(name);
        Array.ForEach(values, json.WriteNumberValue);
        json.WriteEndArray();
    }
}
