using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Stochastic gradient descent with momentum, Nesterov's or plain, and weight decay; PyTorch's <c>torch.optim.SGD</c> with dampening 0.
/// </summary>
/// <remarks>
/// g ← g + λθ; without momentum θ ← θ - ηg. With momentum μ: v ← μv + g (v = 0 before the first step); θ ← θ - ηv, or Nesterov's θ ← θ -
/// η(g + μv).
/// Nesterov's form after Sutskever et al. 2013.
/// </remarks>
public class Sgd<T> : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ParameterBatches<T, SgdParameter<T>> _batches = new(
        static (state, gradient) => new(state.Parameter.View, gradient, state.Buffers.Length > 0 ? state.Buffers[0].View : default), sharesSteps: false);

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">The parameters, as in <c>network.Parameters</c>.</param>
    /// <param name="learningRate">The learning rate η.</param>
    /// <param name="momentum">The momentum μ; 0 for none.</param>
    /// <param name="nesterov">Whether the step looks ahead along the velocity.</param>
    /// <param name="weightDecay">The weight decay λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    /// <exception cref="ArgumentException">Nesterov's form is asked for without momentum, or a parameter is given twice.</exception>
    public Sgd(
        IEnumerable<Parameter<T>> parameters, double learningRate = 1e-3, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : this([new ParameterGroup<T>(parameters)], learningRate, momentum, nesterov, weightDecay)
    {
    }

    /// <summary>Makes an optimizer of parameter groups.</summary>
    /// <inheritdoc cref="Sgd{T}(IEnumerable{Parameter{T}}, double, double, bool, double)"/>
    /// <param name="groups">The groups; those without a learning rate or weight decay take the ones given here.</param>
    /// <param name="learningRate">The learning rate η.</param>
    /// <param name="momentum">The momentum μ; 0 for none.</param>
    /// <param name="nesterov">Whether the step looks ahead along the velocity.</param>
    /// <param name="weightDecay">The weight decay λ.</param>
    public Sgd(
        IEnumerable<ParameterGroup<T>> groups, double learningRate = 1e-3, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(groups, learningRate, weightDecay, momentum > 0 ? ["velocity"] : [])
    {
        Momentum = ParameterGroup.NotNegative(momentum, nameof(momentum));
        Nesterov = nesterov;
        if (nesterov && momentum == 0)
        {
            throw new ArgumentException("Nesterov's step needs momentum; pass momentum: 0.9, or leave nesterov out.");
        }
    }

    /// <summary>The momentum μ.</summary>
    public double Momentum { get; }

    /// <summary>Whether the step looks ahead along the velocity.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup<T> group, ReadOnlySpan<ParameterState<T>> active)
    {
        SgdStep step = new(group.LearningRate, Momentum, Nesterov, group.WeightDecay);
        try
        {
            _batches.Begin(active.Length);
            while (_batches.TryNext(active, out ParameterState<T> first, out ReadOnlySpan<SgdParameter<T>> parameters))
            {
                first.Parameter.Device.Sgd(parameters, step);
            }
        }
        finally
        {
            _batches.End();
        }
    }
}
