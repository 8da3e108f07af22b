namespace Autodiff.Kernels;

/// <summary>The numbers of one Adam step (Kingma and Ba 2015, algorithm 1; weight decay after Loshchilov and Hutter 2019).</summary>
/// <remarks>
/// In PyTorch's order of operations: if not decoupled g += λθ, else θ -= ηλθ; m += (1 - β₁)(g - m); v = β₂v + (1 - β₂)g²;
/// θ -= η / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε).
/// </remarks>
/// <param name="Step">The number t of this step, from 1.</param>
/// <param name="LearningRate">The learning rate η.</param>
/// <param name="Beta1">The decay β₁ of the first moment.</param>
/// <param name="Beta2">The decay β₂ of the second moment.</param>
/// <param name="Epsilon">The term ε that keeps the denominator from 0.</param>
/// <param name="WeightDecay">The weight decay λ.</param>
/// <param name="Decoupled">Whether the decay acts on the parameter (AdamW) and not through the gradient.</param>
public readonly record struct AdamStep(
    int Step, double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled)
{
    /// <summary>η / (1 - β₁ᵗ).</summary>
    public double StepSize => LearningRate / (1 - Math.Pow(Beta1, Step));

    /// <summary>√(1 - β₂ᵗ).</summary>
    public double SecondMomentCorrection => Math.Sqrt(1 - Math.Pow(Beta2, Step));
}
