using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Rows;

/// <summary>What the logarithm x of a soft-max passes back of the gradient p: yᵢ = pᵢ - e^xᵢ Σ pⱼ.</summary>
public readonly struct LogSoftmaxGradient<T> : IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Operands => 2;

    /// <inheritdoc/>
    public static int Results => 0;

    /// <inheritdoc/>
    public static bool HasFirst => false;

    /// <inheritdoc/>
    public T Identity => T.Zero;

    /// <inheritdoc/>
    public Pair<T> First(T x, T p) => default;

    /// <inheritdoc/>
    public T Combine(T a, T b) => a + b;

    /// <inheritdoc/>
    public Pair<T> FinishFirst(Pair<T> total) => total;

    /// <inheritdoc/>
    public T Center(T x, Pair<T> first) => x;

    /// <inheritdoc/>
    public Pair<T> Second(T v, T p) => new(p, T.Zero);

    /// <inheritdoc/>
    public Pair<T> Finish(Pair<T> first, Pair<T> total) => total;

    /// <inheritdoc/>
    public T Map(T v, T p, T q, Pair<T> first, Pair<T> second) => p - T.Exp(v) * second.A;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> First(Vector256<T> x, Vector256<T> p) => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Center(Vector256<T> x, Pair<Vector256<T>> first) => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> Second(Vector256<T> v, Vector256<T> p) => new(p, Vector256<T>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Map(Vector256<T> v, Vector256<T> p, Vector256<T> q, Pair<Vector256<T>> first, Pair<Vector256<T>> second) =>
        p - VectorMath.Exp(v) * second.A;
}
