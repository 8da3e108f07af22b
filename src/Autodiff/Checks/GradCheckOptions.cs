namespace Autodiff;

/// <summary>How closely analytic derivatives must agree with numeric ones; the defaults are PyTorch's and are meant for <see cref="double"/>.</summary>
public sealed record GradCheckOptions
{
    /// <summary>PyTorch's defaults.</summary>
    public static GradCheckOptions Default { get; } = new();

    /// <summary>The step ε of the central difference (f(x + ε) - f(x - ε)) / 2ε.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>The absolute tolerance in |analytic - numeric| ≤ absolute + relative |numeric|.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-5;

    /// <summary>The relative tolerance in |analytic - numeric| ≤ absolute + relative |numeric|.</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>How much two backward passes over the same graph, and two runs of the function on the same inputs, may differ.</summary>
    public double NondeterminismTolerance { get; init; }

    /// <summary>
    /// Compare one random projection vᵀJu of each Jacobian instead of every element: two evaluations and one backward pass per input and output instead of thousands.
    /// When a projection fails, the whole Jacobian is compared to say where.
    /// </summary>
    public bool Fast { get; init; }

    /// <summary>Names the random projections of the fast mode and the output gradients of the second-order check.</summary>
    public int Seed { get; init; }

    internal void Validate()
    {
        if (!(Epsilon > 0 && double.IsFinite(Epsilon)))
        {
            throw new ArgumentOutOfRangeException(nameof(Epsilon), Epsilon, $"GradCheck: epsilon is {Epsilon}; it must be positive and finite.");
        }

        if (!(AbsoluteTolerance >= 0 && RelativeTolerance >= 0 && NondeterminismTolerance >= 0))
        {
            throw new ArgumentException($"GradCheck: the tolerances are {AbsoluteTolerance} (absolute), {RelativeTolerance} (relative) and {NondeterminismTolerance} (nondeterminism); none may be negative or NaN.");
        }
    }
}
