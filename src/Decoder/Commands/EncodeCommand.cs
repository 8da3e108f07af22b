using System.CommandLine;
using System.Text.Json;
using Autodiff;
using Decoder.Encoders;
using Decoder.Figures;
using Decoder.Folders;
using Decoder.Gratings;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;
using OxyPlot;

namespace Decoder.Commands;

/// <summary><c>decoder encode</c>: the other way round, from the stimulus to the responses.</summary>
internal static class EncodeCommand
{
    private static readonly TrainingDataOptions Data = new();

    private static readonly DeviceOption DeviceName = new();

    private static readonly Option<string> From = new("--from")
    {
        Description = "What responses are predicted from: image, of the grating, by convolutions, as in the tutorial; or angle.",
        HelpName = "image|angle",
        DefaultValueFactory = _ => "image",
    };

    private static readonly Option<int?> Epochs = new("--epochs")
    {
        Description = "Full-batch steps. [default: 200 from images, 500 from angles]",
        HelpName = "N",
    };

    private static readonly Option<double?> LearningRate = new("--learning-rate")
    {
        Description = "The learning rate: of gradient descent with momentum 0.9 from images, of Adam from angles. [default: 2 from images, less in proportion for fewer neurons than the 23589 of the tutorial; 0.01]",
        HelpName = "RATE",
    };

    private static readonly Option<string?> ActivationName = new("--activation")
    {
        Description = "What follows the first layer. [default: linear from images, tanh from angles]",
        HelpName = "linear|relu|sigmoid|tanh",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides the simulated recording, initial values and which trials are held out.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly OutOption Out = new(FolderKind.Encoder);

    public static Command Create()
    {
        From.AcceptOnlyFromAmong("image", "angle");
        ActivationName.AcceptOnlyFromAmong("linear", "relu", "sigmoid", "tanh");
        var command = new Command(
            "encode", "Train a network that predicts the responses of all neurons from the stimulus, and judge it on trials it has not seen.")
        {
            Data.Recordings,
            From,
            Epochs,
            LearningRate,
            ActivationName,
            Seed,
        };
        RecordingOptions.Add(command, [.. Data.All, DeviceName.Option, Out.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder encode", "decoder encode recording.npz --from angle", "decoder encode --activation relu --out runs/encoder");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var source = Data.Source(parse, parse.GetValue(Seed));
        var options = Options(parse, source.BinWidth);
        var device = DeviceOption.Resolve(parse.GetValue(DeviceName.Option));
        var path = Out.Resolve(parse);
        source = source with { SingleTrials = true, BinWidth = null };
        var recording = await source.LoadAsync(cancellation);
        if (options.Input == EncoderInput.Image && parse.GetValue(LearningRate) is null)
        {
            options = options with { LearningRate = EncodingOptions.ImageLearningRate(recording.NeuronCount) };
        }

        recording = HeldOutTrials.Bin(recording, options.BinWidth, options.Seed);
        var run = new EncodingRun(recording, options, device);
        var result = await ProgressDisplay.RunAsync("training", progress => run.Execute(progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        var folder = EncodingFolder.Create(path, new()
        {
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Options = options,
            Device = parse.GetValue(DeviceName.Option),
        });
        Save(folder, run, recording, result, device, parse);
        Print(parse, result, path);
        return ExitCode.Success;
    }

    /// <summary>The options as given, the rest as is usual for the input.</summary>
    private static EncodingOptions Options(ParseResult parse, double? binWidth)
    {
        var usual = EncodingOptions.Default(parse.GetValue(From) == "angle" ? EncoderInput.Angle : EncoderInput.Image);
        var options = usual with
        {
            Epochs = parse.GetValue(Epochs) ?? usual.Epochs,
            LearningRate = parse.GetValue(LearningRate) ?? usual.LearningRate,
            Activation = parse.GetValue(ActivationName) is { } name ? Enum.Parse<Activation>(name, ignoreCase: true) : usual.Activation,
            BinWidth = binWidth ?? usual.BinWidth,
            Seed = parse.GetValue(Seed),
        };
        if (options.Epochs < 1)
        {
            throw new InvalidInputException($"--epochs is {options.Epochs}; it must be at least 1.");
        }

        return options.LearningRate is > 0 and < double.PositiveInfinity
            ? options
            : throw new InvalidInputException($"--learning-rate is {options.LearningRate}; it must be positive and finite.");
    }

    /// <summary>Writes the model, the figures, and last the result, whose presence says that all is there.</summary>
    private static void Save(EncodingFolder folder, EncodingRun run, Recording recording, EncodingResult result, Autodiff.Kernels.Device device, ParseResult parse)
    {
        var model = new SafeTensors();
        run.Network.Store(model, "");
        model.Save(folder.Model);
        FigureFile.Write(Figures(run, recording, device), folder.Figures, png: false, parse.InvocationConfiguration.Error);
        folder.WriteResult(result);
    }

    private static IEnumerable<(string Name, PlotModel Figure)> Figures(EncodingRun run, Recording recording, Autodiff.Kernels.Device device)
    {
        yield return ("loss", LossFigure.Create(run.TrainLosses, run.TestLosses, recording.IsSimulated));
        if (run.InitialFilters is { } before)
        {
            yield return ("filters", FilterFigure.Create(before, run.Network.Filters!, FilterBank.Size, recording.IsSimulated));
        }

        var neurons = TuningCurveFigure.SelectNeurons(recording);
        var first = recording.TestStart!.Value;
        var held = Enumerable.Range(first, recording.StimulusCount - first).OrderBy(row => recording.Stimuli[row]).ToArray();
        var grid = Enumerable.Range(0, 361).Select(degree => (double)degree).ToArray();
        var predicted = run.Network.Predict(grid, device);
        yield return ("tuning", EncodedTuningFigure.Create(
            neurons,
            [.. neurons.Select(neuron => (
                Array.ConvertAll(held, row => (double)recording.Stimuli[row]), Array.ConvertAll(held, row => (double)recording.Row(row)[neuron])))],
            [.. neurons.Select(neuron => (grid, grid.Select((_, i) => (double)predicted[i * recording.NeuronCount + neuron]).ToArray()))],
            recording.IsSimulated));
    }

    private static void Print(ParseResult parse, EncodingResult result, string path)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, EncodingJson.Default.EncodingResult));
            return;
        }

        void Line(string name, FormattableString value) => output.WriteLine($"{name,-12}{FormattableString.Invariant(value)}");
        Line("data", $"{result.Source}, {result.Neurons} neurons, {result.Stimuli} bins of {result.Options.BinWidth:G3} degrees");
        Line("encoder", $"from the {result.Options.Input.ToString().ToLowerInvariant()}, {result.Parameters:N0} parameters, {result.Options.Epochs} steps");
        Line("training", $"mean squared error {result.UntrainedMse:F3} before, {result.TrainMse:F3} after");
        Line("held out", $"mean squared error {result.TestMse:F3}; {result.ConstantMse:F3} by each neuron's mean{(result.RepeatMse is { } repeat ? $", {repeat:F3} by its training trials" : (FormattableString)$"")}");
        Line("", $"median correlation of predicted and measured tuning {result.MedianCorrelation:F3}");
        FolderOutput.Print(parse, path);
    }
}
