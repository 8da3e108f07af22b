namespace Autodiff;

/// <summary>
/// Raises the learning rate evenly to the initial one, η = η₀ (s + (1 - s) t / n) for t &lt; n, and then follows another schedule;
/// PyTorch's <c>LinearLR</c> and <c>SequentialLR</c>.
/// </summary>
/// <remarks>
/// <code>
/// var schedule = new LinearWarmup(optimizer, steps: 5, next: new CosineAnnealing(optimizer, steps: 95));
/// </code>
/// </remarks>
public sealed class LinearWarmup : LearningRateSchedule
{
    private readonly int _steps;
    private readonly double _start;
    private readonly LearningRateSchedule? _next;

    /// <summary>Starts a schedule.</summary>
    /// <param name="optimizer">The optimizer whose groups are scheduled.</param>
    /// <param name="steps">The number n of steps until the initial learning rate is reached.</param>
    /// <param name="start">The part s of the initial learning rate to start from, in [0, 1].</param>
    /// <param name="next">What follows, with its steps counted from the end of the warm-up; without, the rate stays. Only
    /// <see cref="LearningRateSchedule.Step"/> of the warm-up is called.</param>
    public LinearWarmup(Optimizer optimizer, int steps, double start = 1.0 / 3, LearningRateSchedule? next = null)
        : base(optimizer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(start is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "The part of the learning rate to start from must be in [0, 1].");
        }

        _steps = steps;
        _start = start;
        _next = next;
        StepCount = 0;
    }

    /// <inheritdoc/>
    public override double RateAt(double initial, int step) =>
        step < _steps ? initial * (_start + (1 - _start) * step / _steps) : _next?.RateAt(initial, step - _steps) ?? initial;
}
