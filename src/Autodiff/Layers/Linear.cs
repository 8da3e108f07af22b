using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A fully connected layer, y = xWᵀ + b.</summary>
/// <remarks>
/// Parameters <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs], both spread evenly in ±1/√inputs at first: PyTorch's <c>Linear</c>
/// (Kaiming, slope √5).
/// </remarks>
public sealed class Linear<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a layer with random weights.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="generator">Where the random numbers come from. For other initial values see <see cref="Initializers"/>.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="device">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no inputs or no outputs.</exception>
    public Linear(int inputs, int outputs, Generator generator, bool bias = true, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        Inputs = inputs;
        Outputs = outputs;
        Weight = Register("weight", new Parameter<T>([outputs, inputs], device: device));
        Initializers.KaimingUniform(Weight, generator, slope: Math.Sqrt(5));
        if (!bias)
        {
            return;
        }

        Bias = Register("bias", new Parameter<T>([outputs], device: device));
        double bound = 1 / Math.Sqrt(inputs);
        Initializers.Uniform(Bias, generator, -bound, bound);
    }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>The weight W, [outputs, inputs].</summary>
    public Parameter<T> Weight { get; }

    /// <summary>The bias b, [outputs]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    /// <param name="input">[..., inputs].</param>
    /// <returns>[..., outputs].</returns>
    /// <exception cref="ArgumentException">The last axis is not that of the inputs.</exception>
    public override Tensor<T> Forward(Tensor<T> input)
    {
        if (input.Rank == 0 || input.Shape[-1] != Inputs)
        {
            throw new ArgumentException($"Linear: {Weight.Origin} takes {Inputs} inputs; the input has shape {input.Shape}, whose last "
                + $"axis should be {Inputs}.");
        }
        // One product for all leading axes, whatever they are.
        Tensor<T> rows = input.Rank == 2 ? input : input.Reshape([input.Count / Inputs, Inputs]);
        Tensor<T> output = rows.MatMul(Weight.Transpose());
        if (Bias is not null)
        {
            output += Bias;
        }

        return input.Rank == 2 ? output : output.Reshape(input.Shape.With(-1, Outputs));
    }

    /// <inheritdoc/>
    public override string ToString() => $"Linear({Inputs}, {Outputs}{(Bias is null ? ", bias: false" : "")})";
}
