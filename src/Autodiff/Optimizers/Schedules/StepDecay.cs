namespace Autodiff;

/// <summary>Multiplies the learning rate by a factor at regular intervals, η = η₀ γ^⌊t / n⌋; PyTorch's <c>StepLR</c>.</summary>
public sealed class StepDecay : LearningRateSchedule
{
    private readonly int _interval;
    private readonly double _factor;

    /// <summary>Starts a schedule.</summary>
    /// <param name="optimizer">The optimizer whose groups are scheduled.</param>
    /// <param name="interval">The number n of steps between changes.</param>
    /// <param name="factor">The factor γ.</param>
    public StepDecay(Optimizer optimizer, int interval, double factor = 0.1)
        : base(optimizer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        _interval = interval;
        _factor = ParameterGroup.NotNegative(factor, nameof(factor));
        StepCount = 0;
    }

    /// <inheritdoc/>
    public override double RateAt(double initial, int step) => initial * Math.Pow(_factor, step / _interval);
}
