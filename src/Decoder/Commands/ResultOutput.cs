using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Decoder.Models;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary>Prints how well a run decodes, for people or for programs.</summary>
internal static class ResultOutput
{
    public static void Print(ParseResult parse, RunConfiguration configuration, RunResult result, string source)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, RunJson.Default.RunResult));
            return;
        }

        void Line(string name, FormattableString value) => output.WriteLine($"{name,-12}{value.ToString(CultureInfo.InvariantCulture)}");

        var (model, test) = (configuration.Model, result.Test);
        Line("data", $"{source}{(result.Data.Simulated && !source.Contains("simulated", StringComparison.Ordinal) ? " (simulated)" : "")}");
        Line("", $"{result.Data.Stimuli} stimuli x {result.Data.Neurons} neurons");
        Line("network", $"{(model.Ensemble > 1 ? $"{model.Ensemble} x " : "")}{result.Data.Neurons} -> {string.Concat(model.Hidden.Select(units => $"{units} {model.Activation.ToString().ToLowerInvariant()} -> "))}{Outputs(model)}, {result.Parameters:N0} parameters");
        Line("training", $"{result.Epochs} epochs on {result.Device}, {result.SecondsPerStep * 1000:G3} ms per step, final loss {result.Train.Loss:G5}");
        Line(result.ValidationFraction is null ? "test" : "validation", $"median error {test.MedianAbsoluteErrorDegrees:F2} degrees, mean {test.MeanAbsoluteErrorDegrees:F2}, on the circle of {model.Period}{(result.Folds is { } folds ? $"; {folds} folds" : "")}");
        Line("", $"mean squared error {test.Mse:F2} degrees², R² {test.R2:F4}");
        if (test is { Accuracy: { } accuracy, Nll: { } nll })
        {
            Line("", $"accuracy {accuracy:F3} in {model.Classes} classes (chance {1.0 / model.Classes:F3}), negative log-likelihood {nll:F3}");
        }

        if (test.CircularDeviationDegrees is { } deviation)
        {
            Line("", $"predicted uncertainty {deviation:F2} degrees (median circular standard deviation)");
        }
    }

    private static string Outputs(ModelOptions model) => model.Loss switch
    {
        LossKind.Mse => "degrees",
        LossKind.Circular => "sine, cosine",
        LossKind.VonMises => "mean direction, concentration",
        _ => $"{model.Classes} classes",
    };
}
