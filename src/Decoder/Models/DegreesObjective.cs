using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>
/// One output, the angle in degrees, with the squared error: the tutorial's first decoder. To it 359 and 1 degree are far apart, which is why it fails
/// there.
/// </summary>
public sealed class DegreesObjective : Objective
{
    /// <inheritdoc/>
    public override int OutputCount => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => ["angle"];

    /// <inheritdoc/>
    public override double Period => 360;

    /// <inheritdoc/>
    public override bool IsCircular => false;

    /// <inheritdoc/>
    public override string LossName => "mean squared error (degrees²)";

    /// <inheritdoc/>
    public override Targets CreateTargets(ReadOnlySpan<float> stimuli, Device device) =>
        new Targets.Numbers(Tensor.Create(stimuli, [stimuli.Length, 1], device));

    /// <inheritdoc/>
    public override Prediction Decode(int row, ReadOnlySpan<float> output, float stimulus) => new(row, stimulus, output[0]);

    /// <inheritdoc/>
    public override Tensor<float> Angle(Tensor<float> outputs) => outputs.Select(2, 0).Mean([0]);
}
