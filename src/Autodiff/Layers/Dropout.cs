using System.Numerics;

namespace Autodiff;

/// <summary>
/// Sets random elements to 0 while training and scales the others up, so that the mean stays; does nothing in evaluation. See
/// <see cref="Ops.Dropout{T}"/>.
/// </summary>
public sealed class Dropout<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Generator _generator;

    /// <summary>Makes a layer.</summary>
    /// <param name="probability">The probability, in [0, 1], that an element is set to 0.</param>
    /// <param name="generator">Where the random numbers come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public Dropout(double probability, Generator generator)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Dropout: the probability must be in [0, 1].");
        }

        Probability = probability;
        _generator = generator;
    }

    /// <summary>The probability that an element is set to 0.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => IsTraining && Probability > 0 ? input.Dropout(Probability, _generator) : input;

    /// <inheritdoc/>
    public override string ToString() => $"Dropout({Probability})";
}
