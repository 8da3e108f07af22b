namespace Autodiff;

/// <summary>Multiplies the learning rate by a factor at every step, η = η₀ γᵗ; PyTorch's <c>ExponentialLR</c>.</summary>
public sealed class ExponentialDecay : LearningRateSchedule
{
    private readonly double _factor;

    /// <summary>Starts a schedule.</summary>
    /// <param name="optimizer">The optimizer whose groups are scheduled.</param>
    /// <param name="factor">The factor γ.</param>
    public ExponentialDecay(Optimizer optimizer, double factor)
        : base(optimizer)
    {
        _factor = ParameterGroup.NotNegative(factor, nameof(factor));
        StepCount = 0;
    }

    /// <inheritdoc/>
    public override double RateAt(double initial, int step) => initial * Math.Pow(_factor, step);
}
