using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Fully connected layers of several networks side by side, yₖ = xₖWₖᵀ + bₖ, in one batched product: an ensemble costs little more than its largest matrix.</summary>
/// <remarks>
/// Parameters <c>weight</c> [members, outputs, inputs] and <c>bias</c> [members, outputs]. Member k starts from the values that a <see cref="Linear{T}"/> layer made with generator k would have.
/// </remarks>
public sealed class EnsembleLinear<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes layers with random weights.</summary>
    /// <param name="inputs">The number of inputs of each member.</param>
    /// <param name="outputs">The number of outputs of each member.</param>
    /// <param name="generators">Where the random numbers come from: one generator for each member.</param>
    /// <param name="device">Where the parameters live.</param>
    /// <exception cref="ArgumentException">There are no generators.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no inputs or no outputs.</exception>
    public EnsembleLinear(int inputs, int outputs, IReadOnlyList<Generator> generators, Device? device = null)
    {
        if (generators.Count == 0)
        {
            throw new ArgumentException("EnsembleLinear: an ensemble needs at least one member; give one generator for each.");
        }

        (Inputs, Outputs, Members) = (inputs, outputs, generators.Count);
        Linear<T>[] layers = [.. generators.Select(generator => new Linear<T>(inputs, outputs, generator, device: device))];
        Weight = Register("weight", new Parameter<T>(Ops.Stack<T>([.. layers.Select(layer => layer.Weight.Detach())])));
        Bias = Register("bias", new Parameter<T>(Ops.Stack<T>([.. layers.Select(layer => layer.Bias!.Detach())])));
    }

    /// <summary>The number of inputs of each member.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs of each member.</summary>
    public int Outputs { get; }

    /// <summary>The number of members.</summary>
    public int Members { get; }

    /// <summary>The weights W, [members, outputs, inputs].</summary>
    public Parameter<T> Weight { get; }

    /// <summary>The biases b, [members, outputs].</summary>
    public Parameter<T> Bias { get; }

    /// <inheritdoc/>
    /// <param name="input">[samples, inputs] that all members see, or [members, samples, inputs], each its own.</param>
    /// <returns>[members, samples, outputs].</returns>
    /// <exception cref="ArgumentException">The shape is neither of the two.</exception>
    public override Tensor<T> Forward(Tensor<T> input)
    {
        bool isShared = input.Rank == 2;
        if (!(isShared || (input.Rank == 3 && input.Shape[0] == Members)) || input.Shape[-1] != Inputs)
        {
            throw new ArgumentException($"EnsembleLinear: {Weight.Origin} takes [samples, {Inputs}] or [{Members}, samples, {Inputs}]; the input has shape {input.Shape}.");
        }
        // What all members see is multiplied by all their weights at once: the input is read once, not once for each.
        Tensor<T> product = isShared
            ? input.MatMul(Weight.Reshape([Members * Outputs, Inputs]).Transpose()).Reshape([input.Shape[0], Members, Outputs]).Permute([1, 0, 2])
            : input.MatMul(Weight.Transpose());
        return product + Bias.Reshape([Members, 1, Outputs]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"EnsembleLinear({Members} x ({Inputs}, {Outputs}))";
}
