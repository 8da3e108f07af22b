using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Inverted dropout, elementwise: y = x / (1 - p) with probability 1 - p, else 0, so that the mean stays. Derivative: the same factors.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="probability">The probability p of dropping an element, from 0 to 1.</param>
    /// <param name="generator">Where the random numbers come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    /// <remarks>Source: Srivastava et al., Journal of Machine Learning Research 15 (2014) 1929.</remarks>
    public static Tensor<T> Dropout<T>(this Tensor<T> x, double probability, Generator generator)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"Dropout: the probability is {probability}; it must be from 0 to 1.");
        }

        View<T> mask = generator.Uniform<T>(x.Shape, x.Device).View;
        T scale = probability < 1 ? T.CreateChecked(1 / (1 - probability)) : T.Zero;
        x.Device.Map(mask, mask, new DropoutMask<T>(T.CreateChecked(probability), scale));
        return x * Tape.Record("Dropout", mask);
    }
}
