using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Sampling;
using Decoder.Terminal;

namespace Decoder.Temporal;

/// <summary>Cross-validates decoders of the whole response, on the same folds, and static ones of each time bin.</summary>
internal sealed class TemporalRun
{
    private const int Resamples = 2000;

    /// <summary>Far from the streams that folds and networks draw from.</summary>
    private const ulong ShufflingStream = 1UL << 43;

    private readonly TraceRecording _recording;
    private readonly TemporalOptions _options;
    private readonly BinnedTraces _traces;
    private readonly DataSplit[] _folds;
    private readonly TemporalDecoder _decoder;
    private readonly Objective _objective;

    /// <param name="recording">The traces.</param>
    /// <param name="options">How to train and judge.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="ArgumentException">So many folds are not possible.</exception>
    public TemporalRun(TraceRecording recording, TemporalOptions options, Device device)
    {
        (_recording, _options) = (recording, options);
        _traces = BinnedTraces.Create(recording, options.BinWidth);
        _folds = DataSplit.Folds(recording.Stimuli, options.Folds, options.Seed);
        _decoder = new(_traces, recording.Stimuli, options, device);
        _objective = Objective.Create(options.Output, recording.Stimuli);
    }

    /// <summary>Trains and judges.</summary>
    /// <param name="models">The decoders of the whole response beside the static one.</param>
    /// <param name="path">The folder of the run, for the result.</param>
    /// <param name="progress">Told the finished fraction and what runs.</param>
    /// <param name="cancellation">Ends training after the step that runs.</param>
    public TemporalResult Execute(IReadOnlyList<TemporalModel> models, string path, IProgressTask progress, CancellationToken cancellation)
    {
        var bins = _traces.Starts.Length;
        var (done, total) = (0, models.Count + 1 + bins);
        var scores = new List<TemporalScore>();
        foreach (var model in models.Prepend(TemporalModel.Static))
        {
            progress.Report((double)done++ / total, ChoiceName.Of(model.ToString()));
            scores.Add(Judge(model, scores.Count > 0 ? scores[0] : null, cancellation));
        }

        var course = new List<BinScore>();
        for (var bin = 0; bin < bins; bin++)
        {
            progress.Report((double)done++ / total, FormattableString.Invariant($"at {_traces.Starts[bin]:F2} s"));
            var predictions = CrossValidate(TemporalModel.Static, bin, 1, isShuffled: false, cancellation);
            course.Add(new(
                _traces.Starts[bin], _traces.Starts[bin] + _traces.Width, DecodingScores.Compute(predictions, _objective),
                Average(Errors(predictions)), _options.Output.Loss == LossKind.Classes ? Average(Hits(predictions)) : null));
        }

        progress.Report(1, "");
        return new(
            _recording.Source, _recording.IsSimulated, _recording.TrialCount, _recording.NeuronCount, _options.Output.Loss, _options.Output.Period,
            _options.Output.Loss == LossKind.Classes ? _options.Output.Classes : null, _options.Folds, _traces.Width, _options.Seed, scores, course, path);
    }

    /// <summary>The predictions of all trials, by ascending trial, each by the fold that tests it.</summary>
    /// <param name="model">The decoder.</param>
    /// <param name="firstBin">The first bin that it sees.</param>
    /// <param name="bins">How many it sees.</param>
    /// <param name="isShuffled">Whether training stimuli are shuffled.</param>
    /// <param name="cancellation">Ends training after the step that runs.</param>
    public IReadOnlyList<Prediction> CrossValidate(TemporalModel model, int firstBin, int bins, bool isShuffled, CancellationToken cancellation)
    {
        var predictions = new List<Prediction>(_recording.TrialCount);
        for (var fold = 0; fold < _folds.Length; fold++)
        {
            var learned = Array.ConvertAll(_folds[fold].Train, row => _recording.Stimuli[row]);
            if (isShuffled)
            {
                new RandomStream(_options.Seed, ShufflingStream + (ulong)fold).Shuffle(learned.AsSpan());
            }

            predictions.AddRange(_decoder.Decode(model, firstBin, bins, _folds[fold], learned, cancellation));
        }

        return [.. predictions.OrderBy(prediction => prediction.Row)];
    }

    private TemporalScore Judge(TemporalModel model, TemporalScore? reference, CancellationToken cancellation)
    {
        var (first, bins) = (_traces.OnsetBin, _traces.Starts.Length - _traces.OnsetBin);
        var predictions = CrossValidate(model, first, bins, isShuffled: false, cancellation);
        var shuffled = CrossValidate(model, first, bins, isShuffled: true, cancellation);
        var errors = Errors(predictions);
        return new(
            model, DecodingScores.Compute(predictions, _objective), Average(errors),
            reference is null ? null : PairedBootstrap.Difference(errors, Errors(reference.Predictions), Mean, Resamples, _options.Seed),
            DecodingScores.Compute(shuffled, _objective))
        { Predictions = predictions };
    }

    private double[] Errors(IReadOnlyList<Prediction> predictions) =>
        [.. predictions.Select(prediction => CircularError.Absolute(prediction.Decoded, prediction.Actual, _objective.Period))];

    private static double[] Hits(IReadOnlyList<Prediction> predictions) =>
        [.. predictions.Select(prediction => prediction.Class!.Value.Decoded == prediction.Class.Value.Actual ? 1.0 : 0)];

    private Interval Average(double[] values) => PairedBootstrap.Of(values, Mean, Resamples, _options.Seed);

    private static double Mean(double[] values) => values.Average();
}
