using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Representations;

namespace Decoder.Interpretation;

/// <summary>
/// What a decoder has learned. Neurons are sorted by what they prefer on the training rows, and everything else is shown on the test rows: a diagonal in a map is then not one that sorting has
/// made of noise.
/// </summary>
public sealed class ModelInterpretation
{
    private readonly DecoderModel _model;
    private readonly Recording _recording;
    private readonly DataSplit _split;

    private ModelInterpretation(DecoderModel model, Recording recording, DataSplit split, InterpretationOptions options)
    {
        (_model, _recording, _split) = (model, recording, split);
        Period = (int)model.Objective.Period;
        TestStimuli = Array.ConvertAll(split.Test, row => recording.Stimuli[row]);
        Bins = AngleBins.Finest(TestStimuli, Period, options.StimulusBins) ?? new AngleBins(4, Period);
        DissimilarityBins = AngleBins.Finest(TestStimuli, Period, options.DissimilarityBins);
    }

    /// <summary>The period of the decoded angle.</summary>
    public int Period { get; }

    /// <summary>Stimuli of the test rows, degrees.</summary>
    public float[] TestStimuli { get; }

    /// <summary>Bins of stimuli of the maps.</summary>
    public AngleBins Bins { get; }

    /// <summary>Bins of stimuli of the dissimilarities; null where some part of the circle was not shown.</summary>
    public AngleBins? DissimilarityBins { get; }

    /// <summary>Weights of the first layer, and of the last one where that is another.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; private set; } = [];

    /// <summary>The angle that each neuron prefers, on the training rows.</summary>
    public double[] PreferredDegrees { get; private set; } = [];

    /// <summary>Neurons sorted by the angle they prefer, in groups.</summary>
    public SortedGroups Neurons { get; private set; } = null!;

    /// <summary>Mean preprocessed responses on the test rows: bins of stimuli x groups of neurons.</summary>
    public double[,] Responses { get; private set; } = new double[0, 0];

    /// <summary>Dissimilarity of stimuli in the population, bins x bins; null where there are fewer than two neurons, or some bin is empty.</summary>
    public double[,]? PopulationDissimilarity { get; private set; }

    /// <summary>The hidden layers.</summary>
    public IReadOnlyList<HiddenLayer> Hidden { get; private set; } = [];

    /// <summary>Mean over the test rows of the magnitude of the gradient of the decoded angle with respect to each neuron: degrees per unit of the preprocessed response.</summary>
    public double[] Saliency { get; private set; } = [];

    /// <summary>Mean gradient of the decoded angle: bins of stimuli x groups of neurons.</summary>
    public double[,] SaliencyMap { get; private set; } = new double[0, 0];

    /// <summary>
    /// Mean gradient of the decoded angle over neurons whose preferred angle is so far from the stimulus, in the bins' order: at 0 those that prefer the stimulus itself, then those that prefer
    /// greater angles. Theory has it positive there, and negative for those before: pulling the estimate towards what a neuron prefers.
    /// </summary>
    public double[] SaliencyProfile { get; private set; } = [];

    /// <summary>Looks into a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recording">The recording that it was trained on.</param>
    /// <param name="split">Its training and test rows.</param>
    /// <param name="options">How fine maps are.</param>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="ArgumentException">The recording has another number of neurons.</exception>
    public static ModelInterpretation Compute(
        DecoderModel model, Recording recording, DataSplit split, InterpretationOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var interpretation = new ModelInterpretation(model, recording, split, options) { Layers = model.OuterLayers };
        var total = (double)split.Train.Length + 2 * split.Test.Length;
        var seen = 0;
        void Step()
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(++seen / total);
        }

        var hiddenPreferences = interpretation.Prefer(options.NeuronGroups, Step);
        interpretation.Show(hiddenPreferences, Step);
        interpretation.Differentiate(Step);
        return interpretation;
    }

    private IReadOnlyList<int> Units => _model.HiddenUnits;

    /// <summary>What neurons and hidden units prefer on the training rows.</summary>
    private double[][] Prefer(int groups, Action step)
    {
        var neurons = new TuningAccumulator(_model.NeuronCount, Period);
        TuningAccumulator[] hidden = [.. Units.Select(units => new TuningAccumulator(units, Period))];
        _model.Observe(_recording, _split.Train, (row, responses, layers) =>
        {
            var stimulus = _recording.Stimuli[_split.Train[row]];
            neurons.Add(stimulus, responses.Span);
            for (var i = 0; i < hidden.Length; i++)
            {
                hidden[i].Add(stimulus, layers[i].Span);
            }

            step();
        });
        PreferredDegrees = neurons.PreferredAngles();
        Neurons = new SortedGroups(PreferredDegrees, groups);
        return Array.ConvertAll(hidden, layer => layer.PreferredAngles());
    }

    /// <summary>What neurons and hidden units do on the test rows.</summary>
    private void Show(double[][] hiddenPreferences, Action step)
    {
        int[] units = [_model.NeuronCount, .. Units];
        var means = Array.ConvertAll(units, count => new BinnedMeans(Bins, count));
        var patterns = DissimilarityBins is { } bins ? Array.ConvertAll(units, count => new BinnedMeans(bins, count)) : null;
        var activity = units[1..].Select(count => new float[_split.Test.Length * count]).ToArray();
        _model.Observe(_recording, _split.Test, (row, responses, layers) =>
        {
            for (var i = 0; i < units.Length; i++)
            {
                var values = i == 0 ? responses.Span : layers[i - 1].Span;
                means[i].Add(TestStimuli[row], values);
                patterns?[i].Add(TestStimuli[row], values);
                if (i > 0)
                {
                    values.CopyTo(activity[i - 1].AsSpan(row * units[i]));
                }
            }

            step();
        });
        Responses = Neurons.AverageColumns(means[0].Means());
        PopulationDissimilarity = Dissimilarities(patterns?[0]);
        Hidden =
        [
            .. activity.Select((values, i) =>
            {
                var dissimilarity = Dissimilarities(patterns?[i + 1]);
                var correlation = dissimilarity is null || PopulationDissimilarity is null || DissimilarityBins!.Count < 3
                    ? double.NaN
                    : Dissimilarity.Correlation(PopulationDissimilarity, dissimilarity);
                var (components, explained) = ComponentScores.Compute(values, units[i + 1]);
                return new HiddenLayer(
                    i + 1, hiddenPreferences[i], means[i + 1].Means(), dissimilarity, double.IsFinite(correlation) ? correlation : null, components, explained);
            }),
        ];
    }

    private static double[,]? Dissimilarities(BinnedMeans? patterns)
    {
        if (patterns?.Means() is not { } means || means.GetLength(1) < 2)
        {
            return null;
        }

        return Dissimilarity.Matrix([.. means.Cast<double>().Select(value => (float)value)], means.GetLength(0));
    }

    /// <summary>What the decoded angle hangs on.</summary>
    private void Differentiate(Action step)
    {
        var neurons = _model.NeuronCount;
        var map = new BinnedMeans(Bins, neurons);
        Saliency = new double[neurons];
        var (sums, counts) = (new double[Bins.Count], new long[Bins.Count]);
        _model.DifferentiateAngle(_recording, _split.Test, (row, memory) =>
        {
            var gradient = memory.Span;
            map.Add(TestStimuli[row], gradient);
            for (var neuron = 0; neuron < neurons; neuron++)
            {
                Saliency[neuron] += Math.Abs(gradient[neuron]) / _split.Test.Length;
                var bin = Bins.Of(PreferredDegrees[neuron] - TestStimuli[row]);
                sums[bin] += gradient[neuron];
                counts[bin]++;
            }

            step();
        });
        SaliencyMap = Neurons.AverageColumns(map.Means());
        SaliencyProfile = [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.NaN)];
    }
}
