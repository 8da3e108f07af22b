using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The numbers of an <see cref="AdamStep"/> as the kernel uses them.</summary>
internal struct AdamConstants<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>1 - β₁, β₂ and 1 - β₂.</summary>
    public T FirstRate, SecondDecay, SecondRate;

    /// <summary>η / (1 - β₁ᵗ), √(1 - β₂ᵗ) and ε.</summary>
    public T StepSize, Correction, Epsilon;

    /// <summary>λ where the decay goes through the gradient, else 0.</summary>
    public T GradientDecay;

    /// <summary>1 - ηλ where the decay is decoupled, else 1.</summary>
    public T Shrinkage;

    public AdamConstants(in AdamStep step)
    {
        FirstRate = T.CreateChecked(1 - step.Beta1);
        SecondDecay = T.CreateChecked(step.Beta2);
        SecondRate = T.CreateChecked(1 - step.Beta2);
        StepSize = T.CreateChecked(step.StepSize);
        Correction = T.CreateChecked(step.SecondMomentCorrection);
        Epsilon = T.CreateChecked(step.Epsilon);
        GradientDecay = step.Decoupled ? T.Zero : T.CreateChecked(step.WeightDecay);
        Shrinkage = step.Decoupled ? T.One - T.CreateChecked(step.LearningRate * step.WeightDecay) : T.One;
    }

    /// <summary>The step of one element; see <see cref="AdamStep"/> for the formula.</summary>
    public readonly void Step(ref T parameter, T gradient, ref T first, ref T second, bool usesWeightDecay)
    {
        if (usesWeightDecay)
        {
            gradient += GradientDecay * parameter;
            parameter *= Shrinkage;
        }
        first += FirstRate * (gradient - first);
        second = SecondDecay * second + SecondRate * gradient * gradient;
        parameter -= StepSize * (first / (T.Sqrt(second) / Correction + Epsilon));
    }
}
