using System.Numerics;

namespace Autodiff;

/// <summary>Parameters that an optimizer treats alike, as learning-rate schedules see them.</summary>
public abstract class ParameterGroup
{
    private double? _learningRate, _weightDecay;

    private protected ParameterGroup(double? learningRate, double? weightDecay)
    {
        _learningRate = learningRate is { } rate ? NotNegative(rate, nameof(LearningRate)) : null;
        _weightDecay = weightDecay is { } decay ? NotNegative(decay, nameof(WeightDecay)) : null;
    }

    /// <summary>The learning rate of the next steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not a finite number.</exception>
    public double LearningRate
    {
        get => _learningRate ?? throw NotJoined(nameof(LearningRate));
        set => _learningRate = NotNegative(value, nameof(LearningRate));
    }

    /// <summary>The weight decay (L2 penalty) of the next steps; how it acts is the optimizer's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not a finite number.</exception>
    public double WeightDecay
    {
        get => _weightDecay ?? throw NotJoined(nameof(WeightDecay));
        set => _weightDecay = NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>
    /// The learning rate that schedules start from: what <see cref="LearningRate"/> was when the first schedule was made; null without one.
    /// </summary>
    public double? InitialLearningRate { get; set; }

    internal static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number from 0 on.");

    internal void Join(double learningRate, double weightDecay)
    {
        _learningRate ??= NotNegative(learningRate, nameof(LearningRate));
        _weightDecay ??= NotNegative(weightDecay, nameof(WeightDecay));
    }

    private static InvalidOperationException NotJoined(string property) =>
        new($"{property}: this group takes the optimizer's, but belongs to no optimizer yet. Hand it to one, or set the value in the "
            + "group's constructor.");
}

/// <summary>Parameters that an optimizer treats alike.</summary>
/// <remarks>
/// <code>
/// var optimizer = new Adam&lt;float&gt;(
///     [
///         new ParameterGroup&lt;float&gt;(encoder.Parameters, learningRate: 1e-4),
///         new ParameterGroup&lt;float&gt;(readout.Parameters, weightDecay: 0.01),
///     ],
///     learningRate: 1e-3);
/// </code>
/// </remarks>
public sealed class ParameterGroup<T> : ParameterGroup
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a group.</summary>
    /// <param name="parameters">The parameters, each once.</param>
    /// <param name="learningRate">The learning rate; the optimizer's if omitted.</param>
    /// <param name="weightDecay">The weight decay; the optimizer's if omitted.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    public ParameterGroup(IEnumerable<Parameter<T>> parameters, double? learningRate = null, double? weightDecay = null)
        : base(learningRate, weightDecay)
    {
        Members = [.. parameters];
        if (Members.Length == 0)
        {
            throw new ArgumentException("A parameter group needs at least one parameter; does the module have any?");
        }
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => Members;

    internal Parameter<T>[] Members { get; }
}
