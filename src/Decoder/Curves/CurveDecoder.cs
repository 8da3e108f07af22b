using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Rivals;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Curves;

/// <summary>Learns from training trials, and decodes test trials.</summary>
/// <param name="recording">The recording, or some of its neurons.</param>
/// <param name="split">Training and test trials.</param>
/// <param name="stimuli">Stimuli of the training trials where they are not those of the recording; else null.</param>
/// <param name="cancellation">Stops with an <see cref="OperationCanceledException"/>.</param>
/// <returns>The decoded angles of the test trials, degrees.</returns>
internal delegate float[] CurveDecoder(Recording recording, DataSplit split, float[]? stimuli, CancellationToken cancellation);

/// <summary>The decoders that can be refitted.</summary>
internal static class CurveDecoders
{
    /// <summary>The name of the network.</summary>
    public const string Network = "network";

    private static readonly IAngleDecoder[] Rivals =
    [
        new CosineRidge(), new SuperNeuronRidge(), new SharedNoiseDecoder(), new GaussianNaiveBayes(gain: false), new GaussianNaiveBayes(gain: true), new NearestNeighbors(),
    ];

    /// <summary>All names; the first is the quickest.</summary>
    public static IReadOnlyList<string> Names => [.. Rivals.Select(decoder => decoder.Name), Network];

    /// <summary>The decoder of a configuration.</summary>
    /// <param name="configuration">Which, and with which options.</param>
    /// <param name="device">Where a network is trained.</param>
    /// <exception cref="InvalidInputException">There is none of that name.</exception>
    public static CurveDecoder Create(CurvesConfiguration configuration, Device device)
    {
        if (configuration.Decoder == Network)
        {
            return (recording, split, stimuli, cancellation) => Train(configuration, recording, split, stimuli, device, cancellation);
        }

        var rival = Rivals.FirstOrDefault(decoder => decoder.Name == configuration.Decoder)
            ?? throw new InvalidInputException($"There is no decoder '{configuration.Decoder}'; choose one of {string.Join(", ", Names)}.");
        return (recording, split, stimuli, cancellation) =>
        {
            var task = new DecodingTask(recording, split, configuration.Period, stimuli);
            return rival.WhyNot(task) is { } reason ? throw new InvalidInputException($"{rival.Name}: {reason}") : rival.Decode(task, cancellation).Degrees;
        };
    }

    /// <summary>The network of <c>decoder train --loss circular</c> with its defaults.</summary>
    private static float[] Train(
        CurvesConfiguration configuration, Recording recording, DataSplit split, float[]? stimuli, Device device, CancellationToken cancellation)
    {
        var defaults = LossDefaults.Of(LossKind.Circular);
        var model = new ModelOptions
        {
            Loss = LossKind.Circular,
            Period = configuration.Period,
            Normalization = defaults.Normalization,
            Dropout = defaults.Dropout,
            InputDropout = defaults.InputDropout,
        };
        var training = new TrainingOptions { Epochs = configuration.Epochs ?? defaults.Epochs, WeightDecay = defaults.WeightDecay, Seed = configuration.Seed };
        var trainer = new Trainer(stimuli is null ? recording : WithStimuli(recording, split, stimuli), split, model, training, device);
        trainer.Train(_ => { }, new Silent(), cancellation.ThrowIfCancellationRequested);
        return Array.ConvertAll(trainer.Model.Predict(recording, split.Test), prediction => prediction.Decoded);
    }

    private static Recording WithStimuli(Recording recording, DataSplit split, float[] stimuli)
    {
        var replaced = recording.Stimuli.ToArray();
        for (var i = 0; i < stimuli.Length; i++)
        {
            replaced[split.Train[i]] = stimuli[i];
        }

        return new Recording(recording.Responses, replaced, recording.Source, recording.IsSimulated, recording.TestStart);
    }

    private sealed class Silent : IProgressTask
    {
        public void Report(double value)
        {
        }

        public void Report(double fraction, string status)
        {
        }
    }
}
