using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Rows;

/// <summary>Standardized rows: yᵢ = (xᵢ - μ) / √(σ² + ε) with σ² = Σ (xⱼ - μ)² / n.</summary>
/// <param name="count">The number n of elements of a row.</param>
/// <param name="epsilon">The term ε.</param>
public readonly struct Standardize<T>(T count, T epsilon) : IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _count = count, _epsilon = epsilon;

    /// <inheritdoc/>
    public static int Operands => 1;

    /// <inheritdoc/>
    public static int Results => 0;

    /// <inheritdoc/>
    public static bool HasFirst => true;

    /// <inheritdoc/>
    public T Identity => T.Zero;

    /// <inheritdoc/>
    public Pair<T> First(T x, T p) => new(x, T.Zero);

    /// <inheritdoc/>
    public T Combine(T a, T b) => a + b;

    /// <inheritdoc/>
    public Pair<T> FinishFirst(Pair<T> total) => new(total.A / _count, T.Zero);

    /// <inheritdoc/>
    public T Center(T x, Pair<T> first) => x - first.A;

    /// <inheritdoc/>
    public Pair<T> Second(T v, T p) => new(v * v, T.Zero);

    /// <inheritdoc/>
    public Pair<T> Finish(Pair<T> first, Pair<T> total) => new(T.One / T.Sqrt(total.A / _count + _epsilon), T.Zero);

    /// <inheritdoc/>
    public T Map(T v, T p, T q, Pair<T> first, Pair<T> second) => v * second.A;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> First(Vector256<T> x, Vector256<T> p) => new(x, Vector256<T>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Center(Vector256<T> x, Pair<Vector256<T>> first) => x - first.A;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> Second(Vector256<T> v, Vector256<T> p) => new(v * v, Vector256<T>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Map(Vector256<T> v, Vector256<T> p, Vector256<T> q, Pair<Vector256<T>> first, Pair<Vector256<T>> second) =>
        v * second.A;
}
