using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>
/// Two outputs, sine and cosine of the angle's phase 2 pi angle / period, with the squared error; the decoded angle is that of the vector (cosine, sine). There
/// is no edge at which neighbours are far apart.
/// </summary>
/// <param name="period">360 for direction, 180 for orientation, degrees.</param>
public sealed class CircularObjective(double period) : Objective
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => ["sine", "cosine"];

    /// <inheritdoc/>
    public override double Period => period;

    /// <inheritdoc/>
    public override bool IsCircular => true;

    /// <inheritdoc/>
    public override string LossName => "mean squared error of sine and cosine";

    /// <inheritdoc/>
    public override Targets CreateTargets(ReadOnlySpan<float> stimuli, Device device)
    {
        var values = new float[2 * stimuli.Length];
        for (var i = 0; i < stimuli.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(Math.Tau * stimuli[i] / period);
            (values[2 * i], values[2 * i + 1]) = ((float)sine, (float)cosine);
        }

        return new Targets.Numbers(Tensor.Create(values, [stimuli.Length, 2], device));
    }

    /// <inheritdoc/>
    public override Prediction Decode(int row, ReadOnlySpan<float> output, float stimulus)
    {
        var phase = Math.Atan2(output[0], output[1]);
        return new(row, (float)Wrap(stimulus, period), (float)Wrap(phase / Math.Tau * period, period));
    }

    /// <inheritdoc/>
    public override Tensor<float> Angle(Tensor<float> outputs) => AngleOf(outputs.Select(1, 0), outputs.Select(1, 1), period);
}
