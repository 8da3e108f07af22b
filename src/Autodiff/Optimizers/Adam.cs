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
    private readonly List<Storage<T>> _copies = [];
    private AdamParameter<T>[] _batch = [];
    private bool[] _done = [];

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
        if (_batch.Length < active.Length)
        {
            _batch = new AdamParameter<T>[active.Length];
            _done = new bool[active.Length];
        }
        try
        {
            // One call for all parameters that have made as many steps, on the same device: usually for all.
            Span<bool> done = _done.AsSpan(0, active.Length);
            done.Clear();
            for (int first = done.IndexOf(false); first >= 0; first = done.IndexOf(false))
            {
                UpdateLike(active[first], group, active, done);
            }
        }
        finally
        {
            foreach (Storage<T> copy in _copies)
            {
                copy.Dispose();
            }

            _copies.Clear();
            Array.Clear(_batch);
        }
    }

    private static double Decay(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [0, 1).");

    private void UpdateLike(ParameterState<T> first, ParameterGroup<T> group, ReadOnlySpan<ParameterState<T>> active, Span<bool> done)
    {
        int count = 0;
        for (int i = 0; i < active.Length; i++)
        {
            ParameterState<T> state = active[i];
            if (done[i] || state.Step != first.Step || state.Parameter.Device != first.Parameter.Device)
            {
                continue;
            }

            done[i] = true;
            View<T> gradient = Contiguous(state.Parameter.Gradient!.View);
            _batch[count++] = new AdamParameter<T>(state.Parameter.View, gradient, state.Buffers[0].View, state.Buffers[1].View);
        }
        AdamStep step = new(first.Step, group.LearningRate, Beta1, Beta2, Epsilon, group.WeightDecay, _decoupled);
        first.Parameter.Device.Adam<T>(_batch.AsSpan(0, count), step);
    }

    // A gradient that is part of a graph (createGraph) may be a broadcast or transposed view.
    private View<T> Contiguous(View<T> gradient)
    {
        if (gradient.IsContiguous)
        {
            return gradient;
        }

        Storage<T> storage = new(gradient.Device, gradient.Count);
        _copies.Add(storage);
        View<T> copy = new(storage, new Layout(gradient.Shape));
        gradient.Device.Copy(gradient, copy);
        return copy;
    }
}
