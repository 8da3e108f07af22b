namespace Autodiff;

/// <summary>
/// Lowers the learning rate along half a cosine (Loshchilov and Hutter 2017), η = η₁ + (η₀ - η₁)(1 + cos(πt / n)) / 2; PyTorch's
/// <c>CosineAnnealingLR</c>.
/// </summary>
/// <remarks>After n steps it stays at η₁, where PyTorch's would rise again.</remarks>
public sealed class CosineAnnealing : LearningRateSchedule
{
    private readonly int _steps;
    private readonly double _minimum;

    /// <summary>Starts a schedule.</summary>
    /// <param name="optimizer">The optimizer whose groups are scheduled.</param>
    /// <param name="steps">The number n of steps after which the minimum is reached.</param>
    /// <param name="minimum">The last learning rate η₁.</param>
    public CosineAnnealing(Optimizer optimizer, int steps, double minimum = 0)
        : base(optimizer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _steps = steps;
        _minimum = ParameterGroup.NotNegative(minimum, nameof(minimum));
        StepCount = 0;
    }

    /// <inheritdoc/>
    public override double RateAt(double initial, int step) =>
        _minimum + (initial - _minimum) * (1 + Math.Cos(Math.PI * Math.Min(step, _steps) / _steps)) / 2;
}
