using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decoder.Sweeps;

namespace Decoder.Commands;

/// <summary>Prints the outcome of a search, for people or for programs.</summary>
internal static class SweepOutput
{
    public static void Print(ParseResult parse, SweepConfiguration configuration, SweepResult result)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, SweepJson.Default.SweepResult));
            return;
        }

        var widths = configuration.Searched.Select(name => Math.Max(name.Length, result.Trials.Max(trial => trial.Values[name].Length))).ToArray();
        string Columns(Func<string, string> cell) => string.Concat(configuration.Searched.Select((name, i) => "  " + cell(name).PadLeft(widths[i])));

        var hasClasses = result.Winner.Test.Accuracy is not null;
        var source = configuration.Identity.Source;
        var isNamed = source.Contains("simulated", StringComparison.Ordinal);
        output.WriteLine($"data  {source}{(result.Data.Simulated && !isNamed ? " (simulated)" : "")}, {result.Data.Stimuli} stimuli x {result.Data.Neurons} neurons");
        output.WriteLine("Errors on the validation rows, degrees on the circle:");
        output.WriteLine($"trial{Columns(name => name)}  epochs  median    mean{(hasClasses ? "  accuracy     nll" : "")}");
        foreach (var trial in result.Trials)
        {
            var scores = trial.Validation;
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{trial.Trial,5}{Columns(name => trial.Values[name])}  {trial.Epochs,6}")
                + (scores is null
                    ? "  diverged"
                    : string.Create(CultureInfo.InvariantCulture, $"  {scores.MedianAbsoluteErrorDegrees,6:F2}  {scores.MeanAbsoluteErrorDegrees,6:F2}"))
                + (hasClasses && scores is not null ? string.Create(CultureInfo.InvariantCulture, $"  {scores.Accuracy,8:F3}  {scores.Nll,6:F3}") : ""));
        }

        var (winner, test) = (result.Winner, result.Winner.Test);
        output.WriteLine();
        output.WriteLine($"best  trial {winner.Trial}: {string.Join(' ', configuration.Searched.Select(name => $"--{name} {winner.Values[name]}"))}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"      trained on the whole training set; test: median error {test.MedianAbsoluteErrorDegrees:F2} degrees, mean {test.MeanAbsoluteErrorDegrees:F2}")
            + (hasClasses ? string.Create(CultureInfo.InvariantCulture, $", accuracy {test.Accuracy:F3}, negative log-likelihood {test.Nll:F3}") : ""));
        output.WriteLine($"      its run is {winner.Run}");
        FolderOutput.Print(parse, result.Sweep, width: 8);
    }
}
