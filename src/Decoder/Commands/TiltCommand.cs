using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Autodiff;
using Decoder.Evaluation;
using Decoder.Figures;
using Decoder.Folders;
using Decoder.Gratings;
using Decoder.Recordings;
using Decoder.Representations;
using Decoder.Terminal;
using Decoder.Training;
using OxyPlot;

namespace Decoder.Commands;

/// <summary><c>decoder tilt</c>: a network that tells tilts, and whether it represents gratings as the recorded neurons do.</summary>
internal static class TiltCommand
{
    private static readonly TrainingDataOptions Data = new();

    private static readonly DeviceOption DeviceName = new();

    private static readonly Option<int> Epochs = new("--epochs")
    {
        Description = "How often the network sees its 1000 training images.",
        HelpName = "N",
        DefaultValueFactory = _ => 25,
    };

    private static readonly Option<double> LearningRate = new("--learning-rate")
    {
        Description = "The learning rate of gradient descent with momentum 0.99, in mini-batches of 100.",
        HelpName = "RATE",
        DefaultValueFactory = _ => TiltTraining.UsualLearningRate,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Decides the simulated recording, and, as in NumPy and PyTorch, the network's images, initial values and mini-batches; the tutorial's is 12.",
        HelpName = "N",
        DefaultValueFactory = _ => TiltTraining.TutorialSeed,
    };

    private static readonly OutOption Out = new(FolderKind.Tilt);

    public static Command Create()
    {
        var command = new Command(
            "tilt", "Train a convolutional network to tell gratings tilted right from those tilted left, and compare its representations with those of recorded neurons.")
        {
            Data.Recordings,
            Epochs,
            LearningRate,
            Seed,
        };
        RecordingOptions.Add(command, [.. Data.All, DeviceName.Option, Out.Option]);
        command.SetAction(RunAsync);
        ExampleHelp.Add(command, "decoder tilt", "decoder tilt recording.npz --seed 3", "decoder tilt recording.npz --epochs 50 --out runs/tilt");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var (epochs, seed) = (parse.GetValue(Epochs), parse.GetValue(Seed));
        var source = Data.Source(parse, seed);
        if (epochs < 1)
        {
            throw new InvalidInputException($"--epochs is {epochs}; it must be at least 1.");
        }

        var rate = parse.GetValue(LearningRate);
        if (rate is not (> 0 and < double.PositiveInfinity))
        {
            throw new InvalidInputException($"--learning-rate is {rate}; it must be positive and finite.");
        }

        if (seed > uint.MaxValue)
        {
            throw new InvalidInputException($"--seed is {seed}; as NumPy takes no other, it must be from 0 to {uint.MaxValue}.");
        }

        var device = DeviceOption.Resolve(parse.GetValue(DeviceName.Option));
        var path = Out.Resolve(parse);
        var recording = await source.LoadAsync(cancellation);
        RecordingOptions.Tell(recording.Notes, parse);
        var stimuli = RepresentedStimuli.Of(recording);
        var training = new TiltTraining((uint)seed, device);
        var accuracy = await ProgressDisplay.RunAsync("training", progress =>
        {
            training.Train(epochs, rate, progress, cancellation);
            return training.Accuracy();
        });
        var (pooled, hidden) = training.Network.Represent(stimuli.Degrees, device);
        var neurons = new Representation("v1", "V1 responses", stimuli.Responses, stimuli.Degrees.Length, recording.IsSimulated);
        var result = new TiltResult(
            recording.Source, recording.IsSimulated, recording.NeuronCount, stimuli.Degrees.Length, seed, rate, training.Network.ParameterCount, training.EpochLosses,
            training.LastEpoch.Average(), Quantile.Median(training.LastEpoch), accuracy,
            Dissimilarity.Correlation(pooled.Dissimilarities, neurons.Dissimilarities), Dissimilarity.Correlation(hidden.Dissimilarities, neurons.Dissimilarities), path);
        cancellation.ThrowIfCancellationRequested();
        var folder = TiltFolder.Create(path, new()
        {
            Data = source,
            Identity = RecordingIdentity.Of(recording),
            Epochs = epochs,
            LearningRate = rate,
            Seed = (uint)seed,
            Device = parse.GetValue(DeviceName.Option),
        });
        Save(folder, training, stimuli.Degrees, [neurons, pooled, hidden], result, parse);
        Print(parse, result);
        return ExitCode.Success;
    }

    /// <summary>Writes the model, the figures, and last the result, whose presence says that all is there.</summary>
    private static void Save(TiltFolder folder, TiltTraining training, double[] degrees, Representation[] representations, TiltResult result, ParseResult parse)
    {
        var model = new SafeTensors();
        training.Network.Store(model, "");
        model.Save(folder.Model);
        FigureFile.Write(Figures(training, degrees, representations), folder.Figures, png: false, parse.InvocationConfiguration.Error);
        folder.WriteResult(result);
    }

    private static IEnumerable<(string Name, PlotModel Figure)> Figures(TiltTraining training, double[] degrees, Representation[] representations)
    {
        yield return ("loss", LossFigure.Create(training.Losses, [], isSimulated: false, "mini-batches", "binary cross-entropy (nats)"));
        yield return ("filters", FilterFigure.Create(training.InitialFilters, training.Network.Filters, FilterBank.Size, isSimulated: false));
        foreach (var of in representations)
        {
            yield return ($"dissimilarity-{of.Name}", DissimilarityFigure.Create(of.Title, of.Dissimilarities, degrees, of.IsSimulated));
            yield return ($"rows-{of.Name}", DissimilarityRowsFigure.Create(of.Title, of.Dissimilarities, degrees, of.IsSimulated));
            yield return ($"components-{of.Name}", ComponentsFigure.Create(of.Title, of.Components(), degrees, of.IsSimulated));
        }
    }

    private static void Print(ParseResult parse, TiltResult result)
    {
        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(DecoderCommand.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, TiltJson.Default.TiltResult));
            return;
        }

        void Line(string name, FormattableString value) => output.WriteLine($"{name,-14}{value.ToString(CultureInfo.InvariantCulture)}");
        var epochs = result.EpochLosses.Count;
        var shown = result.ShownEpochs.Select(epoch => FormattableString.Invariant($"{result.EpochLosses[epoch - 1]:0.00E+0} ({epoch})"));
        Line("data", $"{result.Source}, {result.Neurons} neurons, {result.Stimuli} gratings from -90 to 90 degrees");
        Line("network", $"{result.Parameters:N0} parameters, {epochs} epochs");
        Line("loss", $"{string.Join(", ", shown)}: last mini-batch of the epoch");
        Line("", $"mini-batches of the last epoch: mean {result.LastEpochMeanLoss:0.00E+0}, median {result.LastEpochMedianLoss:0.00E+0}");
        Line("accuracy", $"{result.Accuracy:F3} on new gratings");
        Line("similarity", $"of dissimilarities to those of the recording: correlation {result.PooledCorrelation:F3} pooled, {result.HiddenCorrelation:F3} hidden");
        FolderOutput.Print(parse, result.Run, width: 14);
    }
}
