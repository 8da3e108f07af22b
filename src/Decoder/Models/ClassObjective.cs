using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>
/// The circle in classes of equal width, the first from 0 on, with the cross-entropy of the soft-max. The decoded angle is the one that the most probable class stands
/// for: the circular mean of the training stimuli in it.
/// </summary>
public sealed class ClassObjective : Objective
{
    private const string AnglesName = "classes.angles";

    private readonly double _period;
    private readonly float[] _angles;

    private ClassObjective(double period, float[] angles) => (_period, _angles) = (period, angles);

    /// <inheritdoc/>
    public override int OutputCount => _angles.Length;

    /// <inheritdoc/>
    public override double Period => _period;

    /// <inheritdoc/>
    public override bool IsCircular => true;

    /// <inheritdoc/>
    public override string LossName => "cross-entropy (nats)";

    /// <summary>Classes for a training set.</summary>
    /// <param name="classes">How many.</param>
    /// <param name="period">Degrees.</param>
    /// <param name="stimuli">Stimuli of the training set; a class without any stands for its middle.</param>
    public static ClassObjective Create(int classes, double period, ReadOnlySpan<float> stimuli)
    {
        var (sines, cosines) = (new double[classes], new double[classes]);
        foreach (var stimulus in stimuli)
        {
            var (sine, cosine) = Math.SinCos(Math.Tau * stimulus / period);
            var index = ClassOf(stimulus, classes, period);
            sines[index] += sine;
            cosines[index] += cosine;
        }

        var angles = new float[classes];
        for (var i = 0; i < classes; i++)
        {
            angles[i] = (float)(double.Hypot(sines[i], cosines[i]) > 1e-9
                ? Wrap(Math.Atan2(sines[i], cosines[i]) / Math.Tau * period, period)
                : (i + 0.5) * period / classes);
        }

        return new(period, angles);
    }

    /// <summary>Takes the classes from a model file.</summary>
    /// <exception cref="InvalidDataException">They are missing, or of another number.</exception>
    public static ClassObjective Restore(SafeTensors file, int classes, double period)
    {
        if (!file.Contains(AnglesName) || file.ShapeOf(AnglesName) != new Shape(classes))
        {
            throw new InvalidDataException($"The model file has no '{AnglesName}' of shape [{classes}]; was it written for another number of classes?");
        }

        return new(period, file.Get<float>(AnglesName, Device.Cpu).ToArray());
    }

    /// <inheritdoc/>
    public override void Store(SafeTensors file) => file.Add(AnglesName, Tensor.Create(_angles, [_angles.Length], Device.Cpu));

    /// <inheritdoc/>
    public override Targets CreateTargets(ReadOnlySpan<float> stimuli, Device device)
    {
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

    private static int ClassOf(float stimulus, int classes, double period) =>
        Math.Min((int)(Wrap(stimulus, period) * classes / period), classes - 1);
}
