using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Decoder.Comparisons;
using Decoder.Curves;
using Decoder.Encoders;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Representations;
using Decoder.Temporal;
using Decoder.Training;

namespace Decoder.Reports;

/// <summary>A command line for a POSIX shell that does again what was done, with every option that decides the outcome spelled out, so that other defaults of a later version change nothing.</summary>
internal sealed partial class CommandText
{
    private readonly StringBuilder _text;

    private CommandText(string command) => _text = new($"decoder {command}");

    /// <summary><c>decoder train</c>.</summary>
    public static string Train(RunConfiguration configuration)
    {
        var (model, training) = (configuration.Model, configuration.Training);
        var command = new CommandText("train");
        command.AddSource(configuration.Data);
        command.Add("--hidden", model.Hidden.Count == 0 ? "none" : string.Join(',', model.Hidden));
        command.Add("--ensemble", model.Ensemble);
        command.Add("--activation", Name(model.Activation));
        command.Add("--loss", Name(model.Loss));
        if (model.Loss != LossKind.Mse)
        {
            command.Add("--period", model.Period);
        }

        if (model.Loss == LossKind.Classes)
        {
            command.Add("--classes", model.Classes);
            command.Add("--label-width", model.LabelWidth);
        }

        command.Add("--normalize", Name(model.Normalization));
        command.Add("--remove-components", model.RemovedComponents);
        command.Add("--optimizer", Name(training.Optimizer));
        command.Add("--learning-rate", training.LearningRate);
        command.Add("--epochs", training.Epochs);
        command.Add("--batch-size", training.BatchSize);
        if (training.Folds is null)
        {
            command.Add("--test-fraction", training.TestFraction);
        }

        command.Add("--seed", training.Seed);
        command.Add("--l1", training.L1);
        command.Add("--l2", training.L2);
        command.Add("--penalize", Name(training.Penalize));
        command.Add("--weight-decay", training.WeightDecay);
        command.Add("--dropout", model.Dropout);
        command.Add("--input-dropout", model.InputDropout);
        command.Add("--early-stopping", training.EarlyStopping);
        command.Add("--folds", training.Folds);
        command.Add("--device", configuration.Device);
        return command.ToString();
    }

    /// <summary><c>decoder evaluate</c>.</summary>
    public static string Evaluate(EvaluationConfiguration configuration)
    {
        var command = new CommandText(On("evaluate", configuration.Run)["decoder ".Length..]);
        if (!configuration.IsTestSet)
        {
            command.AddSource(configuration.Data);
        }

        command.Add("--device", configuration.Device);
        return command.ToString();
    }

    /// <summary><c>decoder compare</c>.</summary>
    public static string Compare(ComparisonConfiguration configuration)
    {
        var command = new CommandText("compare");
        command.AddSource(configuration.Data);
        command.Add("--period", configuration.Period);
        command.Add("--folds", configuration.Folds);
        command.Add("--seed", configuration.Seed);
        return command.ToString();
    }

    /// <summary><c>decoder curves</c>.</summary>
    public static string Curves(CurvesConfiguration configuration)
    {
        var command = new CommandText("curves");
        command.AddSource(configuration.Data);
        command.Add("--decoder", configuration.Decoder);
        command.Add("--epochs", configuration.Epochs);
        command.Add("--period", configuration.Period);
        foreach (var (option, counts) in ((string, IReadOnlyList<int>)[])[("--neuron-counts", configuration.NeuronCounts), ("--trial-counts", configuration.TrialCounts)])
        {
            foreach (var count in counts)
            {
                command.Add(option, count);
            }
        }

        command.Add("--repeats", configuration.Repeats);
        command.Add("--seed", configuration.Seed);
        command.Add("--device", configuration.Device);
        return command.ToString();
    }

    /// <summary><c>decoder encode</c>.</summary>
    public static string Encode(EncodingConfiguration configuration)
    {
        var options = configuration.Options;
        var command = new CommandText("encode");
        command.AddSource(configuration.Data with { BinWidth = options.BinWidth });
        command.Add("--from", options.Input.ToString().ToLowerInvariant());
        command.Add("--epochs", options.Epochs);
        command.Add("--learning-rate", options.LearningRate);
        command.Add("--activation", Name(options.Activation));
        command.Add("--seed", options.Seed);
        command.Add("--device", configuration.Device);
        return command.ToString();
    }

    /// <summary><c>decoder tilt</c>.</summary>
    public static string Tilt(TiltConfiguration configuration)
    {
        var command = new CommandText("tilt");
        command.AddSource(configuration.Data);
        command.Add("--epochs", configuration.Epochs);
        command.Add("--learning-rate", configuration.LearningRate);
        command.Add("--seed", configuration.Seed);
        command.Add("--device", configuration.Device);
        return command.ToString();
    }

    /// <summary><c>decoder temporal</c>.</summary>
    public static string Temporal(TemporalConfiguration configuration)
    {
        var (options, reading) = (configuration.Options, configuration.Data.Reading!);
        var command = new CommandText("temporal");
        command._text.Append(' ').Append(Quote(configuration.Data.File!));
        command.Add("--traces", configuration.Traces);
        command.Add("--time", configuration.Time);
        command.Add("--stimuli", reading.Stimuli);
        command.AddRadians(reading);
        command.Add("--onset", configuration.Onset);
        command.Add("--bin", options.BinWidth);
        command.Add("--model", configuration.Models.Count == 1 ? Name(configuration.Models[0]) : "all");
        command.Add("--loss", Name(options.Output.Loss));
        command.Add("--period", options.Output.Period);
        command.Add("--folds", options.Folds);
        command.Add("--epochs", options.Epochs);
        command.Add("--seed", options.Seed);
        command.Add("--device", configuration.Device);
        return command.ToString();
    }

    /// <summary>A command on a folder, such as <c>decoder report runs/a</c>.</summary>
    public static string On(string command, params ReadOnlySpan<string> folders)
    {
        var text = new CommandText(command);
        foreach (var folder in folders)
        {
            // What begins with a dash would be taken for an option.
            text._text.Append(' ').Append(Quote(folder.StartsWith('-') ? "./" + folder : folder));
        }

        return text.ToString();
    }

    /// <summary>The option that makes a folder beside an old one.</summary>
    /// <param name="folder">The old folder.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="again">The new one.</param>
    public static string Out(string folder, string option, out string again)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) + "-again";
        again = name.StartsWith('-') ? "./" + name : name;
        return $" {option} {Quote(again)}";
    }

    public override string ToString() => _text.ToString();

    private void AddSource(RecordingSource source)
    {
        if (source.File is null)
        {
            Add("--neurons", source.Neurons);
            Add("--trials", source.Trials);
        }
        else
        {
            Add("--data", source.File);
        }

        if (source.Reading is { } reading)
        {
            Add("--resp", reading.Responses);
            Add("--stimuli", reading.Stimuli);
            AddRadians(reading);
            Add("--trials", reading.Trials);
            Add("--neurons", reading.Neurons);
            if (reading.Trials is not null || reading.Neurons is not null)
            {
                Add("--subset-seed", reading.SubsetSeed);
            }

            if (reading.Running is not null)
            {
                Add("--running", reading.Running);
                Add("--running-threshold", reading.RunningThreshold);
                Add("--keep", Name(reading.Keep));
            }

            Add("--spontaneous", reading.Spontaneous);
        }

        Add("--bin-width", source.BinWidth);
    }

    private void AddRadians(ReadingOptions reading)
    {
        if (reading.Radians)
        {
            _text.Append(" --radians");
        }
    }

    private void Add(string option, object? value)
    {
        if (value is not null)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            _text.Append(' ').Append(text.StartsWith('-') ? Quote($"{option}={text}") : $"{option} {Quote(text)}");
        }
    }

    private static string Name<T>(T choice)
        where T : struct, Enum => ChoiceName.Of(choice.ToString());

    private static string Quote(string word) => PlainPattern().IsMatch(word) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=,+@%-]+\z")]
    private static partial Regex PlainPattern();
}
