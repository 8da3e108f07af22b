using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Layer normalization (Ba, Kiros and Hinton 2016), y = (x - μ) / √(σ² + ε) · w + b, with mean μ and variance σ² (over n, not n - 1) of the
/// last axes of each sample.
/// </summary>
/// <remarks>Parameters <c>weight</c> (ones) and <c>bias</c> (zeros) of the normalized shape, as in PyTorch.</remarks>
public sealed class LayerNorm<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _epsilon;

    /// <summary>Makes a layer.</summary>
    /// <param name="normalizedShape">The sizes of the last axes, over which is normalized: <c>[100]</c>.</param>
    /// <param name="epsilon">The term ε that keeps the denominator from 0.</param>
    /// <param name="affine">Whether the result is scaled by w and shifted by b.</param>
    /// <param name="device">Where the parameters live.</param>
    /// <exception cref="ArgumentException">The shape has no elements or no axes.</exception>
    public LayerNorm(Shape normalizedShape, double epsilon = 1e-5, bool affine = true, Device? device = null)
    {
        if (normalizedShape.Rank == 0 || normalizedShape.Count == 0)
        {
            throw new ArgumentException($"LayerNorm: there is nothing to normalize over in shape {normalizedShape}; give the sizes of the "
                + "last axes.");
        }

        NormalizedShape = normalizedShape;
        _epsilon = ParameterGroup.NotNegative(epsilon, nameof(epsilon));
        if (!affine)
        {
            return;
        }

        Weight = Register("weight", new Parameter<T>(Tensor.Ones<T>(normalizedShape, device)));
        Bias = Register("bias", new Parameter<T>(normalizedShape, device: device));
    }

    /// <summary>The sizes of the last axes, over which is normalized.</summary>
    public Shape NormalizedShape { get; }

    /// <summary>The scale w; null without.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>The shift b; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The last axes are not those of <see cref="NormalizedShape"/>.</exception>
    public override Tensor<T> Forward(Tensor<T> input) => input.LayerNorm(NormalizedShape, Weight, Bias, _epsilon);

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({NormalizedShape})";
}
