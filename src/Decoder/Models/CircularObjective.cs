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
    /// <remarks>Vectors are brought to length 1 first: each network has one vote.</remarks>
    public override void Combine(ReadOnlySpan<float> outputs, Span<float> combined)
    {
        var unit = outputs.ToArray();
        for (var i = 0; i < unit.Length; i += 2)
        {
            var length = MathF.Sqrt(unit[i] * unit[i] + unit[i + 1] * unit[i + 1]);
            (unit[i], unit[i + 1]) = length > 0 ? (unit[i] / length, unit[i + 1] / length) : (0, 0);
        }

        base.Combine(unit, combined);
    }

    /// <inheritdoc/>
    public override Prediction Decode(int row, ReadOnlySpan<float> output, float stimulus)
    {
        var phase = Math.Atan2(output[0], output[1]);
        return new(row, (float)Wrap(stimulus, period), (float)Wrap(phase / Math.Tau * period, period));
    }

    /// <inheritdoc/>
    public override Tensor<float> Angle(Tensor<float> outputs)
    {
        var vectors = outputs.IndexSelect(new Indices([1, 0], [2], outputs.Device), 2);
        return AngleOf(outputs.Shape[0] == 1 ? vectors : vectors / Lengths(vectors), period);
    }
}
