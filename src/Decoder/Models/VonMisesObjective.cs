using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>
/// Two outputs, a vector whose angle is the decoded phase 2 pi angle / period and whose length is its concentration kappa, with the negative log-likelihood of the von Mises distribution: every
/// decoded angle says how uncertain it is. Several networks are averaged as distributions, and the von Mises distribution with the mean vector of the average is taken for them.
/// </summary>
/// <param name="period">360 for direction, 180 for orientation, degrees.</param>
public sealed class VonMisesObjective(double period) : Objective
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => ["cosine", "sine"];

    /// <inheritdoc/>
    public override double Period => period;

    /// <inheritdoc/>
    public override bool IsCircular => true;

    /// <inheritdoc/>
    public override string LossName => "negative log-likelihood (nats)";

    /// <inheritdoc/>
    public override Targets CreateTargets(ReadOnlySpan<float> stimuli, Device device)
    {
        var values = new float[2 * stimuli.Length];
        for (var i = 0; i < stimuli.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(Math.Tau * stimuli[i] / period);
            (values[2 * i], values[2 * i + 1]) = ((float)cosine, (float)sine);
        }

        return new Targets.Directions(Tensor.Create(values, [stimuli.Length, 2], device));
    }

    /// <inheritdoc/>
    public override Prediction Decode(int row, ReadOnlySpan<float> output, float stimulus)
    {
        var (x, y) = (output[0], output[1]);
        var phase = Math.Atan2(y, x);
        return new(row, (float)Wrap(stimulus, period), (float)Wrap(phase / Math.Tau * period, period))
        {
            CircularDeviation = Concentration.Deviation(Math.Sqrt((double)x * x + (double)y * y)) / Math.Tau * period,
        };
    }

    /// <inheritdoc/>
    public override Tensor<float> Angle(Tensor<float> outputs)
    {
        // The length of one vector has no part in its angle; of several, each counts as the mean of its distribution.
        if (outputs.Shape[0] == 1)
        {
            return AngleOf(outputs, period);
        }

        var concentration = Lengths(outputs);
        return AngleOf(outputs * (concentration.BesselRatio() / concentration), period);
    }

    /// <inheritdoc/>
    public override void Combine(ReadOnlySpan<float> outputs, Span<float> combined)
    {
        var (meanX, meanY) = (0.0, 0.0);
        var members = outputs.Length / 2;
        for (var i = 0; i < members; i++)
        {
            var (x, y) = ((double)outputs[2 * i], (double)outputs[2 * i + 1]);
            var concentration = Math.Sqrt(x * x + y * y);
            if (concentration > 0)
            {
                var scale = Concentration.MeanLength(concentration) / concentration / members;
                (meanX, meanY) = (meanX + scale * x, meanY + scale * y);
            }
        }

        var length = Math.Sqrt(meanX * meanX + meanY * meanY);
        var factor = length > 0 ? Concentration.OfMeanLength(length) / length : 0;
        (combined[0], combined[1]) = ((float)(factor * meanX), (float)(factor * meanY));
    }
}
