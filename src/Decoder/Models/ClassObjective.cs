using System.Globalization;
using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;

namespace Decoder.Models;

/// <summary>
/// The circle in classes of equal width, the first from 0 on, with the cross-entropy of the soft-max. The decoded angle is the one that
/// the most probable class stands for: its middle or, where no class had more than one stimulus in training, as with gratings of eight
/// directions, that stimulus. A stimulus may be spread over neighbouring classes, which tells the network that 17 and 18 degrees are near
/// each other although a boundary lies between them.
/// </summary>
public sealed class ClassObjective : Objective
{
    private const string AnglesName = "classes.angles";

    private readonly double _period;
    private readonly double _labelWidth;
    private readonly float[] _angles;

    private ClassObjective(double period, double labelWidth, float[] angles) => (_period, _labelWidth, _angles) = (period, labelWidth, angles);

    /// <inheritdoc/>
    public override int OutputCount => _angles.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => Array.ConvertAll(_angles, angle => angle.ToString("0.#", CultureInfo.InvariantCulture) + "°");

    /// <inheritdoc/>
    public override double Period => _period;

    /// <inheritdoc/>
    public override bool IsCircular => true;

    /// <inheritdoc/>
    public override string LossName => "cross-entropy (nats)";

    /// <summary>Classes for a training set.</summary>
    /// <param name="options">How many, of which period, and how stimuli are spread over them.</param>
    /// <param name="stimuli">Stimuli of the training set.</param>
    public static ClassObjective Fit(ModelOptions options, ReadOnlySpan<float> stimuli)
    {
        var (classes, period) = (options.Classes, (double)options.Period);
        var shown = new HashSet<double>[classes];
        foreach (var stimulus in stimuli)
        {
            (shown[ClassOf(stimulus, classes, period)] ??= []).Add(Wrap(stimulus, period));
        }

        // The mean of the stimuli would move with the rows that happen to be in the training set, and with it the boundary between
        // neighbouring classes: by a degree or so, which costs several percent of accuracy.
        var isDiscrete = shown.All(stimuliOfClass => stimuliOfClass is null or { Count: 1 });
        var angles = new float[classes];
        for (var i = 0; i < classes; i++)
        {
            angles[i] = (float)(isDiscrete && shown[i] is { } single ? single.First() : (i + 0.5) * period / classes);
        }

        return new(period, options.LabelWidth, angles);
    }

    /// <summary>Takes the classes from a model file.</summary>
    /// <exception cref="InvalidDataException">They are missing, or of another number.</exception>
    public static ClassObjective Restore(SafeTensors file, ModelOptions options)
    {
        var classes = options.Classes;
        if (!file.Contains(AnglesName) || file.ShapeOf(AnglesName) != new Shape(classes))
        {
            throw new InvalidDataException($"The model file has no '{AnglesName}' of shape [{classes}]; was it written for another number of classes?");
        }

        return new(options.Period, options.LabelWidth, file.Get<float>(AnglesName, Device.Cpu).ToArray());
    }

    /// <inheritdoc/>
    public override void Store(SafeTensors file) => file.Add(AnglesName, Tensor.Create(_angles, [_angles.Length], Device.Cpu));

    /// <inheritdoc/>
    public override Targets CreateTargets(ReadOnlySpan<float> stimuli, Device device)
    {
        if (_labelWidth > 0)
        {
            return new Targets.Probabilities(Tensor.Create(Spread(stimuli), [stimuli.Length, OutputCount], device));
        }

        var classes = new int[stimuli.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = ClassOf(stimuli[i], OutputCount, _period);
        }

        return new Targets.Labels(classes, device);
    }

    /// <inheritdoc/>
    public override Prediction Decode(int row, ReadOnlySpan<float> output, float stimulus)
    {
        var best = 0;
        for (var i = 1; i < output.Length; i++)
        {
            best = output[i] > output[best] ? i : best;
        }

        var sum = 0.0;
        foreach (var score in output)
        {
            sum += Math.Exp((double)score - output[best]);
        }

        var actual = float.IsNaN(stimulus) ? -1 : ClassOf(stimulus, OutputCount, _period);
        var loss = actual < 0 ? double.NaN : Math.Log(sum) + output[best] - output[actual];
        return new(row, (float)Wrap(stimulus, _period), _angles[best], new ClassPrediction(best, 1 / sum, actual, loss));
    }

    /// <inheritdoc/>
    public override Tensor<float> Angle(Tensor<float> outputs)
    {
        var directions = new float[2 * _angles.Length];
        for (var i = 0; i < _angles.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(Math.Tau * _angles[i] / _period);
            (directions[2 * i], directions[2 * i + 1]) = ((float)cosine, (float)sine);
        }

        return AngleOf(outputs.Softmax().MatMul(Tensor.Create(directions, [_angles.Length, 2], outputs.Device)), _period);
    }

    /// <inheritdoc/>
    /// <remarks>Probabilities are averaged; the scores are their logarithms.</remarks>
    public override void Combine(ReadOnlySpan<float> outputs, Span<float> combined)
    {
        var probabilities = new double[combined.Length];
        for (var start = 0; start < outputs.Length; start += combined.Length)
        {
            var scores = outputs.Slice(start, combined.Length);
            var (largest, sum) = (float.NegativeInfinity, 0.0);
            foreach (var score in scores)
            {
                largest = Math.Max(largest, score);
            }

            foreach (var score in scores)
            {
                sum += Math.Exp((double)score - largest);
            }

            for (var i = 0; i < scores.Length; i++)
            {
                probabilities[i] += Math.Exp((double)scores[i] - largest) / sum * combined.Length / outputs.Length;
            }
        }

        for (var i = 0; i < probabilities.Length; i++)
        {
            // A probability that underflows is impossible enough as a float's least.
            combined[i] = (float)Math.Log(Math.Max(probabilities[i], double.Epsilon));
        }
    }

    /// <summary>Each stimulus as probabilities of classes: a Gaussian of its distance on the circle to the angles of the classes.</summary>
    private float[] Spread(ReadOnlySpan<float> stimuli)
    {
        var probabilities = new float[stimuli.Length * OutputCount];
        for (var i = 0; i < stimuli.Length; i++)
        {
            var row = probabilities.AsSpan(i * OutputCount, OutputCount);
            var nearest = double.PositiveInfinity;
            foreach (var angle in _angles)
            {
                nearest = Math.Min(nearest, CircularError.Absolute(angle, stimuli[i], _period));
            }

            // Relative to the nearest class, so that a narrow Gaussian leaves something.
            var sum = 0.0;
            for (var j = 0; j < row.Length; j++)
            {
                var distance = CircularError.Absolute(_angles[j], stimuli[i], _period);
                var weight = Math.Exp((nearest * nearest - distance * distance) / (2 * _labelWidth * _labelWidth));
                row[j] = (float)weight;
                sum += weight;
            }

            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (float)(row[j] / sum);
            }
        }

        return probabilities;
    }

    private static int ClassOf(float stimulus, int classes, double period) =>
        Math.Min((int)(Wrap(stimulus, period) * classes / period), classes - 1);
}
