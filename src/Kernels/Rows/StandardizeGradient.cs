using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Rows;

/// <summary>
/// What standardizing rows x passes back of the gradient p: yᵢ = r (pᵢ - p̄ - vᵢ r² Σ vⱼ pⱼ / n) with v = x - μ and r = 1 / √(σ² + ε).
/// </summary>
/// <param name="count">The number n of elements of a row.</param>
/// <param name="epsilon">The term ε.</param>
public readonly struct StandardizeGradient<T>(T count, T epsilon) : IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _count = count, _epsilon = epsilon;

    /// <inheritdoc/>
    public static int Operands => 2;

    /// <inheritdoc/>
    public static int Results => 0;

    /// <inheritdoc/>
    public static bool HasFirst => true;

    /// <inheritdoc/>
    public T Identity => T.Zero;

    /// <inheritdoc/>
    public Pair<T> First(T x, T p) => new(x, p);

    /// <inheritdoc/>
    public T Combine(T a, T b) => a + b;

    /// <inheritdoc/>
    public Pair<T> FinishFirst(Pair<T> total) => new(total.A / _count, total.B / _count);

    /// <inheritdoc/>
    public T Center(T x, Pair<T> first) => x - first.A;

    /// <inheritdoc/>
    public Pair<T> Second(T v, T p) => new(v * v, v * p);

    /// <inheritdoc/>
    public Pair<T> Finish(Pair<T> first, Pair<T> total) => Scales(T.One / T.Sqrt(total.A / _count + _epsilon), total.B / _count);

    /// <inheritdoc/>
    public T Map(T v, T p, T q, Pair<T> first, Pair<T> second) => second.A * (p - first.B - v * second.B);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> First(Vector256<T> x, Vector256<T> p) => new(x, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Center(Vector256<T> x, Pair<Vector256<T>> first) => x - first.A;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> Second(Vector256<T> v, Vector256<T> p) => new(v * v, v * p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Map(Vector256<T> v, Vector256<T> p, Vector256<T> q, Pair<Vector256<T>> first, Pair<Vector256<T>> second) =>
        second.A * (p - first.B - v * second.B);

    private static Pair<T> Scales(T reciprocal, T product) => new(reciprocal, reciprocal * reciprocal * product);
}
