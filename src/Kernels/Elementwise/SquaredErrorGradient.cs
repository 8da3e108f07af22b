using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The derivative of a scaled sum of squared differences with respect to the first of them, (a - b) · (c · factor), for the gradient c of the sum.</summary>
/// <param name="factor">Twice the scale of the sum.</param>
public readonly struct SquaredErrorGradient<T>(T factor) : ITernaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _factor = factor;

    /// <inheritdoc/>
    public T Invoke(T a, T b, T c) => (a - b) * (c * _factor);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c) => (a - b) * (c * Vector256.Create(_factor));
}
