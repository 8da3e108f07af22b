using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014), unrolled over the steps of sequences. With the input x and the state h of a step before, and ⊙ the product of
/// elements:
/// <list type="bullet">
/// <item>reset gate r = σ(W_ir x + b_ir + W_hr h + b_hr),</item>
/// <item>update gate z = σ(W_iz x + b_iz + W_hz h + b_hz),</item>
/// <item>candidate n = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn)),</item>
/// <item>new state h' = (1 - z) ⊙ n + z ⊙ h.</item>
/// </list>
/// </summary>
/// <remarks>
/// These are the formulas, the names and the shapes of PyTorch's <c>GRU</c> with one layer, <c>batch_first=True</c>: the reset gate acts on the product with the
/// state, not on the state as in the paper. Parameters <c>weight_ih_l0</c> [3 units, inputs], <c>weight_hh_l0</c> [3 units, units], <c>bias_ih_l0</c> and
/// <c>bias_hh_l0</c> [3 units], the rows of r, of z and of n one after the other; all are spread evenly in ±1/√units at first.
/// The gradient is that of the operations on the tape, which therefore grows with the number of steps.
/// </remarks>
public sealed class Gru<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Gates = 3;

    /// <summary>Makes a layer with random weights.</summary>
    /// <param name="inputs">The number of inputs at each step.</param>
    /// <param name="units">The size of the state.</param>
    /// <param name="generator">Where the random numbers come from. For other initial values see <see cref="Initializers"/>.</param>
    /// <param name="bias">Whether biases are added.</param>
    /// <param name="device">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no inputs or no units.</exception>
    public Gru(int inputs, int units, Generator generator, bool bias = true, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        (Inputs, Units) = (inputs, units);
        InputWeight = Make("weight_ih_l0", [Gates * units, inputs]);
        StateWeight = Make("weight_hh_l0", [Gates * units, units]);
        if (!bias)
        {
            return;
        }

        InputBias = Make("bias_ih_l0", [Gates * units]);
        StateBias = Make("bias_hh_l0", [Gates * units]);

        Parameter<T> Make(string name, Shape shape)
        {
            Parameter<T> parameter = Register(name, new Parameter<T>(shape, device: device));
            double bound = 1 / Math.Sqrt(units);
            Initializers.Uniform(parameter, generator, -bound, bound);
            return parameter;
        }
    }

    /// <summary>The number of inputs at each step.</summary>
    public int Inputs { get; }

    /// <summary>The size of the state.</summary>
    public int Units { get; }

    /// <summary>W_ir, W_iz and W_in below each other, [3 units, inputs].</summary>
    public Parameter<T> InputWeight { get; }

    /// <summary>W_hr, W_hz and W_hn below each other, [3 units, units].</summary>
    public Parameter<T> StateWeight { get; }

    /// <summary>b_ir, b_iz and b_in, [3 units]; null without.</summary>
    public Parameter<T>? InputBias { get; }

    /// <summary>b_hr, b_hz and b_hn, [3 units]; null without.</summary>
    public Parameter<T>? StateBias { get; }

    /// <inheritdoc/>
    /// <param name="input">[samples, steps, inputs].</param>
    /// <returns>The state after each step, [samples, steps, units], from a state of zeros.</returns>
    /// <exception cref="ArgumentException">The input is of another shape, or has no steps.</exception>
    public override Tensor<T> Forward(Tensor<T> input) => Ops.Stack<T>([.. Unroll(input, initial: null)], axis: 1);

    /// <summary>The state after the last step, [samples, units].</summary>
    /// <param name="input">[samples, steps, inputs].</param>
    /// <param name="initial">The state before the first step, [samples, units]; null for zeros.</param>
    /// <exception cref="ArgumentException">The input or the initial state is of another shape, or there are no steps.</exception>
    public Tensor<T> LastState(Tensor<T> input, Tensor<T>? initial = null) => Unroll(input, initial)[^1];

    /// <inheritdoc/>
    public override string ToString() => $"Gru({Inputs}, {Units}{(InputBias is null ? ", bias: false" : "")})";

    private List<Tensor<T>> Unroll(Tensor<T> input, Tensor<T>? initial)
    {
        if (input.Rank != 3 || input.Shape[2] != Inputs || input.Shape[1] == 0)
        {
            throw new ArgumentException($"Gru: {InputWeight.Origin} takes [samples, steps, {Inputs}] with at least one step; the input has shape {input.Shape}.");
        }

        (int samples, int steps) = (input.Shape[0], input.Shape[1]);
        if (initial is not null && initial.Shape != new Shape(samples, Units))
        {
            throw new ArgumentException($"Gru: the initial state has shape {initial.Shape}; for {samples} samples and {Units} units it should be [{samples}, {Units}].");
        }

        // What the inputs add to the gates needs no state, so one product makes it for all steps.
        Tensor<T> fromInputs = input.Reshape([samples * steps, Inputs]).MatMul(InputWeight.Transpose());
        if (InputBias is not null)
        {
            fromInputs += InputBias;
        }

        fromInputs = fromInputs.Reshape([samples, steps, Gates * Units]);
        Tensor<T> state = initial ?? Tensor.Zeros<T>([samples, Units], input.Device);
        List<Tensor<T>> states = new(steps);
        for (int step = 0; step < steps; step++)
        {
            state = Step(fromInputs.Select(1, step), state);
            states.Add(state);
        }
        return states;
    }

    private Tensor<T> Step(Tensor<T> fromInput, Tensor<T> state)
    {
        Tensor<T> fromState = state.MatMul(StateWeight.Transpose());
        if (StateBias is not null)
        {
            fromState += StateBias;
        }

        // r and z lie side by side and are made at once.
        Tensor<T> gates = (fromInput.Slice(1, 0, 2 * Units) + fromState.Slice(1, 0, 2 * Units)).Sigmoid();
        Tensor<T> reset = gates.Slice(1, 0, Units), update = gates.Slice(1, Units, Units);
        Tensor<T> candidate = (fromInput.Slice(1, 2 * Units, Units) + reset * fromState.Slice(1, 2 * Units, Units)).Tanh();

        // (1 - z) n + z h = n + z (h - n).
        return candidate + update * (state - candidate);
    }
}
