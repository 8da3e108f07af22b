using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>What a network is to output for an angle, how wrong an output is, and which angle an output stands for.</summary>
public abstract class Objective
{
    /// <summary>Number of the network's outputs.</summary>
    public abstract int OutputCount { get; }

    /// <summary>What each output is, for the axis of a figure.</summary>
    public abstract IReadOnlyList<string> OutputNames { get; }

    /// <summary>The period of decoded angles, degrees.</summary>
    public abstract double Period { get; }

    /// <summary>Whether decoded angles lie on the circle, so that errors are taken there; else they lie on the line.</summary>
    public abstract bool IsCircular { get; }

    /// <summary>The loss, with its unit, for the axis of a figure.</summary>
    public abstract string LossName { get; }

    /// <summary>The objective that the options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <param name="trainingStimuli">Stimuli of the training set, degrees: a class stands for the mean of those in it.</param>
    public static Objective Create(ModelOptions options, ReadOnlySpan<float> trainingStimuli) => options.Loss switch
    {
        LossKind.Mse => new DegreesObjective(),
        LossKind.Circular => new CircularObjective(options.Period),
        LossKind.VonMises => new VonMisesObjective(options.Period),
        LossKind.Classes => ClassObjective.Fit(options, trainingStimuli),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Loss, "There is no such loss."),
    };

    /// <summary>What the network should output for stimuli, and how wrong it is.</summary>
    /// <param name="stimuli">Degrees, one per row.</param>
    /// <param name="device">Where the network is.</param>
    public abstract Targets CreateTargets(ReadOnlySpan<float> stimuli, Device device);

    /// <summary>The angle that an output of the network stands for.</summary>
    /// <param name="row">Row of the recording, for the result.</param>
    /// <param name="output">The network's outputs for the row.</param>
    /// <param name="stimulus">The stimulus in degrees; NaN where it is not known.</param>
    public abstract Prediction Decode(int row, ReadOnlySpan<float> output, float stimulus);

    /// <summary>
    /// The decoded angle in degrees, as a smooth function of the network's outputs: what its gradient is taken of. Where <see cref="Decode"/> chooses a class, this is the mean direction of
    /// the classes' probabilities.
    /// </summary>
    /// <param name="outputs">Networks x rows x outputs; several networks are averaged as <see cref="Combine"/> does.</param>
    /// <returns>One angle per row; on the circle in (-period / 2, period / 2].</returns>
    public abstract Tensor<float> Angle(Tensor<float> outputs);

    /// <summary>Averages the outputs of several networks for a row into outputs of one.</summary>
    /// <param name="outputs">The outputs of one network after those of the other.</param>
    /// <param name="combined">As many as <see cref="OutputCount"/>.</param>
    public virtual void Combine(ReadOnlySpan<float> outputs, Span<float> combined)
    {
        combined.Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            combined[i % combined.Length] += outputs[i] / (outputs.Length / combined.Length);
        }
    }

    /// <summary>Puts what the objective has learned from the training set into a file.</summary>
    public virtual void Store(SafeTensors file)
    {
    }

    /// <summary>The angle of the mean vector of several networks, in degrees of a period.</summary>
    /// <param name="vectors">Networks x rows x 2: cosine and sine.</param>
    /// <param name="period">The period.</param>
    protected static Tensor<float> AngleOf(Tensor<float> vectors, double period)
    {
        var mean = vectors.Mean([0]);
        return mean.Select(1, 1).Atan2(mean.Select(1, 0)) * (float)(period / Math.Tau);
    }

    /// <summary>The lengths of vectors, networks x rows x 1; those of none are next to 0, so that one can divide by them.</summary>
    protected static Tensor<float> Lengths(Tensor<float> vectors) => (vectors.Square().Sum([2], keepAxes: true) + 1e-30f).Sqrt();

    /// <summary>An angle brought into [0, period).</summary>
    protected static double Wrap(double degrees, double period)
    {
        var wrapped = degrees - period * Math.Floor(degrees / period);

        // A tiny negative angle is rounded up to the period itself.
        return wrapped < period ? wrapped : 0;
    }
}
