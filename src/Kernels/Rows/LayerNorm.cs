using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Rows;

/// <summary>Standardized rows (<see cref="Standardize{T}"/>), scaled by p and shifted by q: yᵢ = (xᵢ - μ) / √(σ² + ε) pᵢ + qᵢ with σ² = Σ (xⱼ - μ)² / n.</summary>
/// <param name="count">The number n of elements of a row.</param>
/// <param name="epsilon">The term ε.</param>
public readonly struct LayerNorm<T>(T count, T epsilon) : IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Standardize<T> _standardize = new(count, epsilon);

    /// <inheritdoc/>
    public static int Operands => 3;

    /// <inheritdoc/>
    public static int Results => 0;

    /// <inheritdoc/>
    public static bool HasFirst => true;

    /// <inheritdoc/>
    public T Identity => _standardize.Identity;

    /// <inheritdoc/>
    public Pair<T> First(T x, T p) => _standardize.First(x, p);

    /// <inheritdoc/>
    public T Combine(T a, T b) => _standardize.Combine(a, b);

    /// <inheritdoc/>
    public Pair<T> FinishFirst(Pair<T> total) => _standardize.FinishFirst(total);

    /// <inheritdoc/>
    public T Center(T x, Pair<T> first) => _standardize.Center(x, first);

    /// <inheritdoc/>
    public Pair<T> Second(T v, T p) => _standardize.Second(v, p);

    /// <inheritdoc/>
    public Pair<T> Finish(Pair<T> first, Pair<T> total) => _standardize.Finish(first, total);

    /// <inheritdoc/>
    public T Map(T v, T p, T q, Pair<T> first, Pair<T> second) => _standardize.Map(v, p, q, first, second) * p + q;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> First(Vector256<T> x, Vector256<T> p) => _standardize.First(x, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => _standardize.Combine(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Center(Vector256<T> x, Pair<Vector256<T>> first) => _standardize.Center(x, first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> Second(Vector256<T> v, Vector256<T> p) => _standardize.Second(v, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Map(Vector256<T> v, Vector256<T> p, Vector256<T> q, Pair<Vector256<T>> first, Pair<Vector256<T>> second) =>
        _standardize.Map(v, p, q, first, second) * p + q;
}
