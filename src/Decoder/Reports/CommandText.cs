using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Decoder.Comparisons;
using Decoder.Encoders;
using Decoder.Models;
using Decoder.Recordings;
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
        command.Add("--weight-decay", training.WeightDecay);
        command.Add("--dropout", model.Dropout);
        command.Add("--input-dropout", model.InputDropout);
        command.Add("--early-stopping", training.EarlyStopping);
        command.Add("--folds", training.Folds);
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
    /// <param name="again">The new one.</param>
    public static string Out(string folder, out string again)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) + "-again";
        again = name.StartsWith('-') ? "./" + name : name;
        return $" --out {Quote(again)}";
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
            if (reading.Radians)
            {
                _text.Append(" --radians");
            }

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
