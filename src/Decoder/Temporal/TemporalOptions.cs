using Decoder.Models;

namespace Decoder.Temporal;

/// <summary>How temporal decoders are trained and judged.</summary>
internal sealed record TemporalOptions
{
    /// <summary>What is output and minimized: classes, or the sine and cosine of the angle.</summary>
    public required ModelOptions Output { get; init; }

    /// <summary>Number of folds.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Width of time bins, seconds.</summary>
    public double BinWidth { get; init; } = 0.25;

    /// <summary>Full-batch steps of Adam.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 1;

    /// <summary>Probability with which each input is left out of a step.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Decides folds, initial values and what is left out.</summary>
    public ulong Seed { get; init; }

    /// <summary>The outputs for a recording: where it shows a few evenly spaced angles, a class for each; else as many classes as other decoders have.</summary>
    /// <param name="loss">What is minimized.</param>
    /// <param name="period">The period of decoded angles, degrees.</param>
    /// <param name="stimuli">The stimuli of all trials: what was shown is known beforehand, as opposed to when.</param>
    public static ModelOptions OutputFor(LossKind loss, int period, float[] stimuli)
    {
        const double Tolerance = 1e-3;
        var options = new ModelOptions { Loss = loss, Period = period };
        var shown = stimuli.Select(stimulus => Math.Round((stimulus % period + period) % period, 3) % period).Distinct().Order().ToArray();
        var width = (double)period / shown.Length;
        var isEven = shown.Length > 1 && shown.Select((angle, i) => Math.Abs(angle - shown[0] - i * width)).Max() < Tolerance;
        return isEven && shown.Length <= options.Classes ? options with { Classes = shown.Length } : options;
    }
}
