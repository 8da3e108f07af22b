using System.Numerics;

namespace Autodiff;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), PyTorch's <c>torch.optim.AdamW</c>: θ ← θ - ηλθ before Adam's step, and g
/// stays as it is.
/// </summary>
public class AdamW<T> : Adam<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public AdamW(
        IEnumerable<Parameter<T>> parameters, double learningRate = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
        : this([new ParameterGroup<T>(parameters)], learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <inheritdoc/>
    public AdamW(
        IEnumerable<ParameterGroup<T>> groups, double learningRate = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
        : base(groups, learningRate, beta1, beta2, epsilon, weightDecay, decoupled: true)
    {
    }
}
