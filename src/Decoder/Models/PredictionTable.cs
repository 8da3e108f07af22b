using System.Globalization;
using System.Text;
using Autodiff;

namespace Decoder.Models;

/// <summary>Predictions as CSV. Numbers are written so that reading gives the same bits.</summary>
internal static class PredictionTable
{
    private const string Angles = "row,decoded,actual";
    private const string Uncertain = Angles + ",circularDeviation";
    private const string Classes = Angles + ",class,actualClass,probability,nll";

    /// <summary>Writes a table; an actual angle that is not known is left empty.</summary>
    public static void Write(string path, IReadOnlyList<Prediction> predictions) => AtomicFile.WriteText(path, Format(predictions));

    /// <summary>The table as text.</summary>
    public static string Format(IReadOnlyList<Prediction> predictions)
    {
        var text = new StringBuilder();
        text.Append(predictions.Any(prediction => prediction.Class is not null) ? Classes
            : predictions.Any(prediction => prediction.CircularDeviation is not null) ? Uncertain
            : Angles).Append('\n');
        foreach (var prediction in predictions)
        {
            var (row, actual, decoded, classes) = prediction;
            text.Append(CultureInfo.InvariantCulture, $"{row},{decoded:R},{(float.IsNaN(actual) ? "" : actual.ToString("R", CultureInfo.InvariantCulture))}");
            if (classes is { } c)
            {
                text.Append(CultureInfo.InvariantCulture, $",{c.Decoded},{Known(c.Actual < 0 ? double.NaN : c.Actual)},{c.Probability:R},{Known(c.NegativeLogLikelihood)}");
            }

            if (prediction.CircularDeviation is { } deviation)
            {
                text.Append(CultureInfo.InvariantCulture, $",{deviation:R}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a table that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static List<Prediction> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] is not (Angles or Uncertain or Classes))
        {
            throw new InvalidDataException($"{path} does not begin with '{Angles}'; it is not a table of predictions.");
        }

        var predictions = new List<Prediction>(lines.Length - 1);
        for (var i = 1; i < lines.Length; i++)
        {
            predictions.Add(Parse(lines[i].Split(',')) ?? throw new InvalidDataException($"{path}, line {i + 1}: '{lines[i]}' is not a prediction."));
        }

        return predictions;
    }

    private static Prediction? Parse(string[] fields)
    {
        if (fields.Length is not (3 or 4 or 7) || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            || !Number(fields[1], out var decoded) || !Number(fields[2], out var actual))
        {
            return null;
        }

        if (fields.Length == 3)
        {
            return new(row, (float)actual, (float)decoded);
        }

        if (fields.Length == 4)
        {
            return Number(fields[3], out var deviation) ? new(row, (float)actual, (float)decoded) { CircularDeviation = deviation } : null;
        }

        return Number(fields[3], out var decodedClass) && Number(fields[4], out var actualClass)
            && Number(fields[5], out var probability) && Number(fields[6], out var loss)
            ? new(row, (float)actual, (float)decoded, new((int)decodedClass, probability, double.IsNaN(actualClass) ? -1 : (int)actualClass, loss))
            : null;
    }

    private static string Known(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static bool Number(string text, out double value)
    {
        value = double.NaN;
        return text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
