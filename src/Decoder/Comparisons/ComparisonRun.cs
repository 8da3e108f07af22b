using System.Diagnostics;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Rivals;
using Decoder.Sampling;
using Decoder.Simulation;
using Decoder.Terminal;

namespace Decoder.Comparisons;

/// <summary>A comparison from where its folder stands to its end: every decoder on every fold, then what they are worth beside ours.</summary>
internal sealed class ComparisonRun(ComparisonFolder folder, ComparisonConfiguration configuration, Recording recording)
{
    private const string ShuffledName = "shuffled";

    /// <summary>Trials on which the ideal observer is computed.</summary>
    private const int IdealTrials = 64;

    /// <summary>A stream of the seed that is not the folds'.</summary>
    private const ulong ShuffleStream = 1UL << 41;

    private static readonly IAngleDecoder Ours = new SharedNoiseDecoder();

    private static readonly IAngleDecoder[] Rivals =
    [
        new SuperNeuronRidge(), new CosineRidge(), new GaussianNaiveBayes(gain: false), new GaussianNaiveBayes(gain: true), new PoissonNaiveBayes(), new NearestNeighbors(),
    ];

    /// <summary>Makes what is to be there before the result, which says that all is: figures.</summary>
    public Action<ComparisonResult, IReadOnlyList<Prediction>>? BeforeResult { get; init; }

    /// <summary>Refuses what a recording does not allow, before a folder is made.</summary>
    /// <exception cref="InvalidInputException">The split or the folds are not possible.</exception>
    public static void Check(Recording recording, int? folds, ulong seed)
    {
        if (folds is not null && recording.TestStart is not null)
        {
            throw new InvalidInputException($"{recording.Source} comes split into training and test set, which --folds would mix; leave out --folds.");
        }

        try
        {
            Splits(recording, folds, seed);
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }

    /// <summary>Decodes and compares.</summary>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellation">Ends the comparison with the decoder that runs; what is finished is kept.</param>
    /// <exception cref="OperationCanceledException">The comparison was interrupted.</exception>
    public ComparisonResult Execute(IProgressTask progress, CancellationToken cancellation)
    {
        var splits = Splits(recording, configuration.Folds, configuration.Seed);
        DecodeAll(splits, progress, cancellation);
        var parts = folder.ReadParts();
        var ours = PredictionsOf(Ours.Name, parts)!;
        var oursErrors = Errors(ours);
        var (seed, resamples) = (configuration.Seed, configuration.Resamples);
        var discrete = new DecodingTask(recording, splits[0], configuration.Period).DiscreteStimuli;
        var entries = new List<ComparisonResult.Entry>();
        foreach (var decoder in (IAngleDecoder[])[Ours, .. Rivals])
        {
            if (PredictionsOf(decoder.Name, parts) is not { } predictions)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            var errors = Errors(predictions);
            var scores = DecodingScores.Compute(predictions, new CircularObjective(configuration.Period));
            entries.Add(new(
                decoder.Name,
                decoder.Description,
                PairedBootstrap.Of(errors, Median, resamples, seed),
                PairedBootstrap.Of(errors, Mean, resamples, seed),
                scores.R2,
                parts.Where(part => part.Decoder == decoder.Name).Sum(part => part.Seconds),
                discrete is null ? null : Accuracy(predictions, discrete),
                scores.CircularDeviationDegrees,
                decoder == Ours ? null : PairedBootstrap.Difference(oursErrors, errors, Median, resamples, seed),
                decoder == Ours ? null : PairedBootstrap.Difference(oursErrors, errors, Mean, resamples, seed)));
        }

        var shuffled = PairedBootstrap.Of(Errors(PredictionsOf(ShuffledName, parts)!), Mean, resamples, seed);
        var result = new ComparisonResult
        {
            Data = new(recording.Source, recording.NeuronCount, recording.StimulusCount, recording.IsSimulated),
            Period = configuration.Period,
            Split = Describe(),
            TestTrials = oursErrors.Length,
            Resamples = resamples,
            Decoders = entries,
            Refused = [.. parts.Where(part => part is { Refused: not null, Fold: 1 }).Select(part => new ComparisonResult.Refusal(part.Decoder, part.Refused!))],
            Shuffled = new(shuffled, configuration.Period / 4.0),
            Ideal = Ideal(splits, entries[0].MedianAbsoluteErrorDegrees.Value),
            Run = folder.Root,
        };
        BeforeResult?.Invoke(result, ours);
        folder.WriteResult(result);
        return result;
    }

    private static DataSplit[] Splits(Recording recording, int? folds, ulong seed) => folds is { } count
        ? DataSplit.Folds(recording.Stimuli, count, seed)
        : recording.TestStart is null ? [DataSplit.EveryFourth(recording.StimulusCount)] : [DataSplit.Of(recording, 0.5, seed)];

    private void DecodeAll(DataSplit[] splits, IProgressTask progress, CancellationToken cancellation)
    {
        var finished = folder.ReadParts().Select(part => (part.Decoder, part.Fold)).ToHashSet();
        var (total, done) = (splits.Length * (Rivals.Length + 2), 0);
        for (var fold = 1; fold <= splits.Length; fold++)
        {
            var split = splits[fold - 1];
            var task = new DecodingTask(recording, split, configuration.Period);
            var shuffled = task.Stimuli.ToArray();
            new RandomStream(configuration.Seed, ShuffleStream + (ulong)fold).Shuffle(shuffled.AsSpan());
            (string Name, IAngleDecoder Decoder, DecodingTask Task)[] jobs =
            [
                (Ours.Name, Ours, task), .. Rivals.Select(decoder => (decoder.Name, decoder, task)),
                (ShuffledName, Ours, new DecodingTask(recording, split, configuration.Period, shuffled)),
            ];
            foreach (var (name, decoder, posed) in jobs)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!finished.Contains((name, fold)))
                {
                    Decode(name, decoder, posed, split, fold, cancellation);
                }

                progress.Report((double)++done / total, $"{name}{(splits.Length > 1 ? FormattableString.Invariant($", fold {fold} of {splits.Length}") : "")}");
            }
        }
    }

    private void Decode(string name, IAngleDecoder decoder, DecodingTask task, DataSplit split, int fold, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        if (decoder.WhyNot(task) is { } reason)
        {
            folder.Add(new(name, fold, 0, reason), []);
            return;
        }

        var decoded = decoder.Decode(task, cancellation);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        LargeMatrices.Release(task.TrainCount);
        var deviations = decoded.Posterior?.CircularDeviations();
        var predictions = new Prediction[split.Test.Length];
        for (var i = 0; i < predictions.Length; i++)
        {
            var actual = DecodingTask.Wrap(recording.Stimuli[split.Test[i]], configuration.Period);
            predictions[i] = new(split.Test[i], actual, decoded.Degrees[i]) { CircularDeviation = deviations?[i] };
        }

        folder.Add(new(name, fold, seconds), predictions);
    }

    /// <summary>Predictions of all folds; null for a decoder that cannot be used.</summary>
    private List<Prediction>? PredictionsOf(string decoder, List<FinishedPart> parts)
    {
        var own = parts.Where(part => part.Decoder == decoder).OrderBy(part => part.Fold).ToArray();
        return own.Any(part => part.Refused is not null) ? null : [.. own.SelectMany(folder.ReadPredictions)];
    }

    private double[] Errors(List<Prediction> predictions) =>
        [.. predictions.Select(prediction => CircularError.Absolute(prediction.Decoded, prediction.Actual, configuration.Period))];

    private double Accuracy(List<Prediction> predictions, float[] shown)
    {
        float Nearest(float angle) => shown.MinBy(stimulus => CircularError.Absolute(stimulus, angle, configuration.Period));
        return predictions.Average(prediction => Nearest(prediction.Decoded) == Nearest(prediction.Actual) ? 1.0 : 0.0);
    }

    private ComparisonResult.Bound? Ideal(DataSplit[] splits, double median)
    {
        if (configuration.Data is not { SingleTrials: true, BinWidth: null, Simulation: { } simulation } || configuration.Period != 360)
        {
            return null;
        }

        int[] tests = [.. splits.SelectMany(split => split.Test)];
        var trials = Enumerable.Range(0, Math.Min(IdealTrials, tests.Length)).Select(i => tests[(long)i * tests.Length / Math.Min(IdealTrials, tests.Length)]).ToArray();
        var observer = IdealObserver.Compute(simulation, trials);
        return new(observer, Math.Pow(observer.MedianAbsoluteErrorDegrees / median, 2));
    }

    private string Describe() => configuration.Folds is { } folds
        ? FormattableString.Invariant($"{folds} folds")
        : recording.TestStart is null ? "every fourth trial is a test trial (Stringer et al. 2021)" : "as the recording comes";

    private static double Median(double[] errors) => Quantile.Median(errors);

    private static double Mean(double[] errors) => errors.Average();
}
