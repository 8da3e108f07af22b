using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Autodiff;
using Decoder.Figures;
using Decoder.Interpretation;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Commands;

/// <summary><c>decoder interpret</c>: what a trained decoder has learned.</summary>
internal static class InterpretCommand
{
    /// <summary>So many of the neurons that matter most are named; the table has all.</summary>
    private const int Named = 10;

    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of a run." };

    private static readonly Option<bool> Png = new("--png") { Description = "Draw PNG too." };

    private static readonly DeviceOption DeviceName = new();

    public static Command Create()
    {
        var command = new Command(
            "interpret",
            "Show what a trained decoder has learned: neurons by what they prefer, weights, tuning of hidden units, the gradient of the decoded angle, components and dissimilarities of activity. "
            + "Figures and their values (CSV) go to RUN/figures, neurons.csv and interpretation.json to RUN.")
        {
            Run,
            Png,
            DeviceName.Option,
        };
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder interpret runs/orientation", "decoder interpret runs/orientation --png --json");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var run = TrainedRun.Open(parse.GetRequiredValue(Run), parse.GetValue(DeviceName.Option));
        run.Configuration.RefuseTrial(run.Folder.Root, "Interpret the winner of the search, or train with the same options.");
        AtomicFile.EnsureWritable(Path.Combine(run.Folder.Root, InterpretationSummary.FileName));
        var recording = await run.Configuration.Data.LoadAgainAsync(run.Configuration.Identity, cancellation);
        var split = run.Configuration.Training.Split(recording);
        var interpretation = await ProgressDisplay.RunAsync(
            "interpreting", progress => ModelInterpretation.Compute(run.Model, recording, split, new InterpretationOptions(), progress, cancellation));

        var items = new InterpretationFigures(interpretation, run.Model.Objective, recording.IsSimulated).All().ToArray();
        FigureFile.Write(items.Select(item => (item.Name, item.Figure)), run.Folder.Figures, parse.GetValue(Png), parse.InvocationConfiguration.Error);
        foreach (var item in items)
        {
            AtomicFile.WriteText(Path.Combine(run.Folder.Figures, item.Name + ".csv"), item.Table);
        }

        AtomicFile.WriteText(Path.Combine(run.Folder.Root, "neurons.csv"), NeuronTable(run, interpretation));
        var summary = Summarize(run, interpretation, items);
        JsonFile.Write(Path.Combine(run.Folder.Root, InterpretationSummary.FileName), summary, InterpretationJson.Default.InterpretationSummary);
        if (parse.GetValue(DecoderCommand.Json))
        {
            parse.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(summary, InterpretationJson.Default.InterpretationSummary));
        }
        else
        {
            Print(parse.InvocationConfiguration.Output, run, interpretation, items);
            FolderOutput.Print(parse, run.Folder.Root);
        }

        return ExitCode.Success;
    }

    /// <summary>Neurons are named as in the recording's file, of which the model may take some.</summary>
    private static int NameOf(TrainedRun run, int neuron) => run.Subset?.Indices[neuron] ?? neuron;

    private static int[] MostSalient(ModelInterpretation interpretation) =>
        [.. Enumerable.Range(0, interpretation.Saliency.Length).OrderByDescending(neuron => interpretation.Saliency[neuron]).Take(Named)];

    /// <summary>The least number of neurons that have half of the saliency of all.</summary>
    private static int NeuronsOfHalf(ModelInterpretation interpretation)
    {
        var (half, sum) = (interpretation.Saliency.Sum() / 2, 0.0);
        return interpretation.Saliency.OrderDescending().TakeWhile(saliency =>
        {
            var isBefore = sum < half;
            sum += saliency;
            return isBefore;
        }).Count();
    }

    private static string NeuronTable(TrainedRun run, ModelInterpretation interpretation)
    {
        var text = new StringBuilder("neuron,preferred_degrees,saliency_degrees_per_unit\n");
        for (var neuron = 0; neuron < interpretation.Saliency.Length; neuron++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(run, neuron)},{interpretation.PreferredDegrees[neuron]:0.###},{interpretation.Saliency[neuron]:G6}\n");
        }

        return text.ToString();
    }

    private static InterpretationSummary Summarize(TrainedRun run, ModelInterpretation interpretation, InterpretationFigures.Item[] items) => new(
        run.Folder.Root,
        interpretation.Saliency.Length,
        interpretation.TestStimuli.Length,
        interpretation.Period,
        NeuronsOfHalf(interpretation),
        [.. MostSalient(interpretation).Select(neuron => new InterpretationSummary.Salient(NameOf(run, neuron), interpretation.PreferredDegrees[neuron], Finite(interpretation.Saliency[neuron])))],
        [
            .. interpretation.Hidden.Select(layer => new InterpretationSummary.Layer(
                layer.Layer, layer.PreferredDegrees.Length, Finite(layer.DissimilarityCorrelation), layer.PreferredDegrees, layer.ExplainedVariance)),
        ],
        [.. items.Select(item => Path.Combine(run.Folder.Figures, item.Name + ".svg"))]);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static void Print(TextWriter output, TrainedRun run, ModelInterpretation interpretation, InterpretationFigures.Item[] items)
    {
        void Line(string name, FormattableString value) => output.WriteLine($"{name,-12}{value.ToString(CultureInfo.InvariantCulture)}");

        Line("neurons", $"{interpretation.Saliency.Length}, of which {NeuronsOfHalf(interpretation)} have half of the saliency; all are in neurons.csv");
        foreach (var neuron in MostSalient(interpretation).Take(3))
        {
            Line("", $"neuron {NameOf(run, neuron)}: prefers {interpretation.PreferredDegrees[neuron]:0} degrees, moves the decoded angle by {interpretation.Saliency[neuron]:G3} degrees per unit of response");
        }

        foreach (var layer in interpretation.Hidden)
        {
            var variance = layer.ExplainedVariance.Length > 0 ? $"; {100 * layer.ExplainedVariance.Sum():0} % of the variance in {layer.ExplainedVariance.Length} components" : "";
            var correlation = layer.DissimilarityCorrelation is { } value ? string.Create(CultureInfo.InvariantCulture, $"; dissimilarities correlate with the population's at {value:F2}") : "";
            Line($"layer {layer.Layer}", $"{layer.PreferredDegrees.Length} units{variance}{correlation}");
        }

        foreach (var item in items)
        {
            output.WriteLine(Path.Combine(run.Folder.Figures, item.Name + ".svg"));
        }
    }
}
