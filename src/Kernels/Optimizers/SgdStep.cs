namespace Autodiff.Kernels;

/// <summary>The numbers of one step of gradient descent (Nesterov's form after Sutskever et al. 2013).</summary>
/// <remarks>
/// In PyTorch's order of operations: g += λθ; without momentum θ -= ηg; with momentum v = μv + g, then θ -= ηv, or, in Nesterov's form, θ -= η(g + μv).
/// </remarks>
/// <param name="LearningRate">The learning rate η.</param>
/// <param name="Momentum">The momentum μ; 0 for none.</param>
/// <param name="Nesterov">Whether the step looks ahead along the new velocity.</param>
/// <param name="WeightDecay">The weight decay λ.</param>
public readonly record struct SgdStep(double LearningRate, double Momentum, bool Nesterov, double WeightDecay);
