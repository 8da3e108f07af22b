using System.Numerics;

namespace Autodiff;

public static partial class Loss
{
    /// <summary>
    /// Negative log-likelihood of angles under von Mises distributions, L = ln 2π + ln I₀(κ) - v·u, reduced, for the vector v of length κ (the concentration) whose angle is the mean, and
    /// the unit vector u of the angle that was seen. Derivative: dL/dv = A(κ) v / κ - u with A = I₁ / I₀, over the number of samples for the mean.
    /// </summary>
    /// <param name="vector">The vectors v, [..., 2]: cosine and sine of the mean, times the concentration.</param>
    /// <param name="target">The unit vectors u, of the same shape: cosine and sine (it does not broadcast: that hides mistakes).</param>
    /// <param name="reduction">The mean over samples, the sum, or nothing.</param>
    /// <exception cref="ArgumentException">The shapes or the devices differ, or the last axis has not two elements.</exception>
    /// <remarks>Source: Mardia and Jupp, Directional Statistics (2000), section 3.5.4. At κ = 0 the likelihood is smooth, and so is this: the length is taken as √(κ² + ε).</remarks>
    public static Tensor<T> VonMises<T>(Tensor<T> vector, Tensor<T> target, Reduction reduction = Reduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SameShape("VonMises", vector, target);
        if (vector.Rank == 0 || vector.Shape[-1] != 2)
        {
            throw new ArgumentException($"VonMises: the vectors have shape {vector.Shape}; the last axis should have 2 elements, cosine and sine.");
        }
        // The root has no derivative at 0; so small a summand changes no digit of ln I₀(κ) = κ²/4 + ....
        T tiny = T.CreateTruncating(1e-12);
        Tensor<T> concentration = vector.Square().Sum([-1]).Affine(T.One, tiny).Sqrt();
        Tensor<T> aligned = (vector * target).Sum([-1]);
        return Reduced((concentration.LogBesselI0() - aligned).Affine(T.One, T.CreateTruncating(Math.Log(2 * Math.PI))), reduction);
    }
}
