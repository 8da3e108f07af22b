using System.Globalization;
using System.Text;
using Autodiff;
using Decoder.Evaluation;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Sampling;
using Decoder.Terminal;

namespace Decoder.Curves;

/// <summary>
/// Refits a decoder on random parts of a recording, always tested on the same trials: how the error falls with neurons and with trials, what errors two halves of a population share, and
/// whether anything but the stimuli explains what is decoded.
/// </summary>
/// <param name="folder">Its folder.</param>
/// <param name="configuration">What is refitted, and how often.</param>
/// <param name="recording">The recording.</param>
/// <param name="decoder">The decoder.</param>
internal sealed class CurvesRun(CurvesFolder folder, CurvesConfiguration configuration, Recording recording, CurveDecoder decoder)
{
    /// <summary>Streams of the seed for subsets; those of the training of a network lie below.</summary>
    private const ulong SubsetStream = 1UL << 43;

    /// <summary>The law is that of many neurons: numbers below the greatest over this are not fitted.</summary>
    private const int FittedRange = 20;

    private readonly DataSplit _split = Split(recording);
    private readonly List<CurvePoint> _points = folder.ReadPoints();

    /// <summary>Test trials: those that the recording comes with, else every fourth, as in Stringer et al. 2021.</summary>
    /// <exception cref="ArgumentException">There are too few trials.</exception>
    public static DataSplit Split(Recording recording) => recording.TestStart is null ? DataSplit.EveryFourth(recording.StimulusCount) : DataSplit.Of(recording, 0.5, 0);

    /// <summary>Makes what is to be there before the result, which says that all is: figures.</summary>
    public Action<CurvesResult>? BeforeResult { get; init; }

    /// <summary>Refits what is not refitted yet, and writes the result.</summary>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellation">Ends with the refit that runs; finished ones are kept.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public CurvesResult Execute(IProgressTask progress, CancellationToken cancellation)
    {
        var jobs = Jobs().ToArray();
        var finished = _points.Select(point => (point.Kind, point.Count, point.Repeat)).ToHashSet();
        for (var i = 0; i < jobs.Length; i++)
        {
            var (kind, count, repeat) = jobs[i];
            if (!finished.Contains(jobs[i]))
            {
                cancellation.ThrowIfCancellationRequested();
                _points.Add(Refit(kind, count, repeat, cancellation));
                folder.WritePoints(_points);
            }

            progress.Report((i + 1.0) / jobs.Length, $"{count} {(kind == CurveKind.Trials ? "trials" : "neurons")}");
        }

        var result = Summarize();
        BeforeResult?.Invoke(result);
        folder.WriteResult(result);
        return result;
    }

    /// <summary>All refits. Where everything is taken there is nothing random to repeat.</summary>
    private IEnumerable<(CurveKind Kind, int Count, int Repeat)> Jobs()
    {
        IEnumerable<(CurveKind, int, int)> Repeated(CurveKind kind, int count, int all) =>
            Enumerable.Range(1, count == all ? 1 : configuration.Repeats).Select(repeat => (kind, count, repeat));

        var (neurons, trials) = (recording.NeuronCount, _split.Train.Length);
        return
        [
            .. configuration.NeuronCounts.SelectMany(count => Repeated(CurveKind.Neurons, count, neurons)),
            .. configuration.TrialCounts.SelectMany(count => Repeated(CurveKind.Trials, count, trials)),
            .. Repeated(CurveKind.Halves, neurons / 2, all: 0),
            .. Repeated(CurveKind.Shuffled, neurons, all: 0),
        ];
    }

    private CurvePoint Refit(CurveKind kind, int count, int repeat, CancellationToken cancellation)
    {
        // Within a repeat smaller subsets are parts of larger ones, so that a curve is not roughened by chance.
        var random = new RandomStream(configuration.Seed, SubsetStream + (ulong)repeat * 4 + (ulong)kind);
        var all = Enumerable.Range(0, kind == CurveKind.Trials ? _split.Train.Length : recording.NeuronCount).ToArray();
        if (kind != CurveKind.Shuffled)
        {
            random.Shuffle(all.AsSpan());
        }

        CurvePoint Point(double[] errors) => new(kind, count, repeat, Median(errors), errors.Average(Math.Abs));

        switch (kind)
        {
            case CurveKind.Neurons:
                return Point(Errors(Decode(Neurons(all[..count]), _split, null, cancellation)));
            case CurveKind.Trials:
                int[] train = [.. all[..count].Order().Select(i => _split.Train[i])];
                return Point(Errors(Decode(recording, new(train, _split.Test), null, cancellation)));
            case CurveKind.Halves:
                return Halve(all, count, repeat, cancellation);
            default:
                var stimuli = Array.ConvertAll(_split.Train, row => recording.Stimuli[row]);
                random.Shuffle(stimuli.AsSpan());
                return Point(Errors(Decode(recording, _split, stimuli, cancellation)));
        }
    }

    private CurvePoint Halve(int[] neurons, int count, int repeat, CancellationToken cancellation)
    {
        var first = Decode(Neurons(neurons[..count]), _split, null, cancellation);
        var second = Decode(Neurons(neurons[count..(2 * count)]), _split, null, cancellation);
        var (errors, others) = (Errors(first), Errors(second));

        // The angle half way from the one to the other, the shorter way round.
        var averaged = first.Zip(second, (a, b) => (float)(a + CircularError.Signed(b, a, configuration.Period) / 2)).ToArray();
        if (repeat == 1)
        {
            WriteHalves(errors, others);
        }

        var correlation = RankCorrelation.Compute(errors, others);
        return new(CurveKind.Halves, count, repeat, Median(errors), errors.Average(Math.Abs), double.IsFinite(correlation) ? correlation : 0, Median(Errors(averaged)));
    }

    private void WriteHalves(double[] first, double[] second)
    {
        var text = new StringBuilder("row,stimulus_degrees,first_error_degrees,second_error_degrees\n");
        for (var i = 0; i < first.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{_split.Test[i]},{recording.Stimuli[_split.Test[i]]:R},{first[i]:R},{second[i]:R}\n");
        }

        AtomicFile.WriteText(folder.Halves, text.ToString());
    }

    private float[] Decode(Recording some, DataSplit split, float[]? stimuli, CancellationToken cancellation) => decoder(some, split, stimuli, cancellation);

    private Recording Neurons(int[] neurons) => neurons.Length == recording.NeuronCount ? recording : new NeuronSubset([.. neurons.Order()], recording.NeuronCount).Take(recording);

    private double[] Errors(float[] decoded) => CircularError.Signed(decoded, Array.ConvertAll(_split.Test, row => recording.Stimuli[row]), configuration.Period);

    private static double Median(double[] errors) => Quantile.Median(Array.ConvertAll(errors, Math.Abs));

    private CurvesResult Summarize()
    {
        var halves = _points.Where(point => point.Kind == CurveKind.Halves).ToArray();
        return new()
        {
            Data = new(recording.NeuronCount, recording.StimulusCount, recording.IsSimulated),
            Decoder = configuration.Decoder,
            Period = configuration.Period,
            TestTrials = _split.Test.Length,
            Neurons = Curve(CurveKind.Neurons),
            Trials = Curve(CurveKind.Trials),
            HalvesCorrelation = halves.Average(point => point.Correlation!.Value),
            Halves = new(halves.Average(point => point.MedianAbsoluteErrorDegrees), halves.Average(point => point.AveragedErrorDegrees!.Value)),
            ShuffledMeanDegrees = _points.Where(point => point.Kind == CurveKind.Shuffled).Average(point => point.MeanAbsoluteErrorDegrees),
            ChanceMeanDegrees = configuration.Period / 4.0,
            Run = folder.Root,
        };
    }

    private CurvesResult.Curve Curve(CurveKind kind)
    {
        CurvesResult.Mean[] means =
        [
            .. _points.Where(point => point.Kind == kind).GroupBy(point => point.Count).OrderBy(group => group.Key).Select(group =>
            {
                var errors = group.Select(point => point.MedianAbsoluteErrorDegrees).ToArray();
                var mean = errors.Average();
                var deviation = errors.Length > 1 ? Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (errors.Length - 1)) : 0;
                return new CurvesResult.Mean(group.Key, mean, deviation, errors.Length);
            }),
        ];
        var fitted = means.Where(mean => mean.Count * FittedRange >= means[^1].Count).ToArray();
        if (fitted.Length < 3)
        {
            return new(means);
        }

        return new(means, RootLaw.Fit(Array.ConvertAll(fitted, mean => (double)mean.Count), Array.ConvertAll(fitted, mean => mean.MedianAbsoluteErrorDegrees)), fitted[0].Count);
    }
}
