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
    /// <param name="outputs">Rows x outputs.</param>
    /// <returns>One angle per row; on the circle in (-period / 2, period / 2].</returns>
    public abstract Tensor<float> Angle(Tensor<float> outputs);

    /// <summary>Puts what the objective has learned from the training set into a file.</summary>
    public virtual void Store(SafeTensors file)
    {
    }

    /// <summary>The angle of vectors, in degrees of a period.</summary>
    protected static Tensor<float> AngleOf(Tensor<float> sine, Tensor<float> cosine, double period) => sine.Atan2(cosine) * (float)(period / Math.Tau);

    /// <summary>An angle brought into [0, period).</summary>
    protected static double Wrap(double degrees, double period)
    {
        var wrapped = degrees - period * Math.Floor(degrees / period);

        // A tiny negative angle is rounded up to the period itself.
        return wrapped < period ? wrapped : 0;
    }
}
