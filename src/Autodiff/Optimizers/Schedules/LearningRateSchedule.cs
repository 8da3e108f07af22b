using System.Globalization;

namespace Autodiff;

/// <summary>
/// A learning rate that changes as training goes on: call <see cref="Step"/> once per epoch (or per step, if the schedule counts steps)
/// after the optimizer's.
/// </summary>
/// <remarks>
/// The rate is a formula of the group's initial rate and the number of steps, so a schedule can be set to any step; nothing accumulates.
/// </remarks>
public abstract class LearningRateSchedule
{
    private readonly Optimizer _optimizer;

    /// <summary>Takes the present learning rates of the groups as the initial ones, unless a schedule has before.</summary>
    /// <param name="optimizer">The optimizer whose groups are scheduled.</param>
    protected LearningRateSchedule(Optimizer optimizer)
    {
        _optimizer = optimizer;
        foreach (ParameterGroup group in optimizer.Groups)
        {
            group.InitialLearningRate ??= group.LearningRate;
        }
    }

    /// <summary>How many steps have been made. Setting it sets the learning rates, as when training goes on from a checkpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int StepCount
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
            foreach (ParameterGroup group in _optimizer.Groups)
            {
                group.LearningRate = RateAt(group.InitialLearningRate ??= group.LearningRate, value);
            }
        }
    }

    /// <summary>Goes to the next learning rate.</summary>
    public void Step()
    {
        if (StepCapture.Current is { } capture)
        {
            capture.Run("a learning-rate schedule", Next);
        }
        else
        {
            Next();
        }
    }

    /// <summary>The learning rate η(t) after a number of steps.</summary>
    /// <param name="initial">The initial learning rate η₀.</param>
    /// <param name="step">The number of steps t, from 0.</param>
    public abstract double RateAt(double initial, int step);

    /// <summary>Puts the step count into a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What is put in front of the key.</param>
    public void Store(SafeTensors file, string prefix = "schedule.") =>
        file.Metadata[$"{prefix}stepCount"] = StepCount.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes the step count from a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands in front of the key.</param>
    /// <exception cref="InvalidDataException">The file has no step count there.</exception>
    public void Restore(SafeTensors file, string prefix = "schedule.") =>
        StepCount = file.Metadata.TryGetValue($"{prefix}stepCount", out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw new InvalidDataException($"The file has no '{prefix}stepCount' that is a number ('{text}'): no learning-rate schedule "
                + "was stored in it.");

    private void Next() => StepCount++;
}
