using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Adam (Kingma and Ba 2015), PyTorch's <c>torch.optim.Adam</c> with its order of operations.</summary>
/// <remarks>
/// g ← g + λθ; m ← m + (1 - β₁)(g - m); v ← β₂v + (1 - β₂)g²; θ ← θ - η / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε), with t the number of the
/// step and m = v = 0 before the first.
/// </remarks>
public class Adam<T> : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _decoupled;
    private readonly ParameterBatches<T, AdamParameter<T>> _batches = new(
        static (state, gradient) => new(state.Parameter.View, gradient, state.Buffers[0].View, state.Buffers[1].View), sharesSteps: true);

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">The parameters, as in <c>network.Parameters</c>.</param>
    /// <param name="learningRate">The learning rate η.</param>
    /// <param name="beta1">The decay β₁ of the running mean of gradients, in [0, 1).</param>
    /// <param name="beta2">The decay β₂ of the running mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">The term ε that keeps the denominator from 0.</param>
    /// <param name="weightDecay">The weight decay λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">A parameter is given twice, or none is given.</exception>
    public Adam(
        IEnumerable<Parameter<T>> parameters, double learningRate = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this([new ParameterGroup<T>(parameters)], learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Makes an optimizer of parameter groups.</summary>
    /// <inheritdoc cref="Adam{T}(IEnumerable{Parameter{T}}, double, double, double, double, double)"/>
    /// <param name="groups">The groups; those without a learning rate or weight decay take the ones given here.</param>
    /// <param name="learningRate">The learning rate η.</param>
    /// <param name="beta1">The decay β₁ of the running mean of gradients, in [0, 1).</param>
    /// <param name="beta2">The decay β₂ of the running mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">The term ε that keeps the denominator from 0.</param>
    /// <param name="weightDecay">The weight decay λ.</param>
    public Adam(
        IEnumerable<ParameterGroup<T>> groups, double learningRate = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this(groups, learningRate, beta1, beta2, epsilon, weightDecay, decoupled: false)
    {
    }

    private protected Adam(
        IEnumerable<ParameterGroup<T>> groups, double learningRate,
        double beta1, double beta2, double epsilon, double weightDecay, bool decoupled)
        : base(groups, learningRate, weightDecay, "firstMoment", "secondMoment")
    {
        Beta1 = Decay(beta1, nameof(beta1));
        Beta2 = Decay(beta2, nameof(beta2));
        Epsilon = ParameterGroup.NotNegative(epsilon, nameof(epsilon));
        _decoupled = decoupled;
    }

    /// <summary>The decay β₁ of the running mean of gradients.</summary>
    public double Beta1 { get; }

    /// <summary>The decay β₂ of the running mean of squared gradients.</summary>
    public double Beta2 { get; }

    /// <summary>The term ε that keeps the denominator from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup<T> group, ReadOnlySpan<ParameterState<T>> active)
    {
        try
        {
            _batches.Begin(active.Length);
            while (_batches.TryNext(active, out ParameterState<T> first, out ReadOnlySpan<AdamParameter<T>> parameters))
            {
                AdamStep step = new(first.Step, group.LearningRate, Beta1, Beta2, Epsilon, group.WeightDecay, _decoupled);
                first.Parameter.Device.Adam(parameters, step);
            }
        }
        finally
        {
            _batches.End();
        }
    }

    private static double Decay(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [0, 1).");
}
