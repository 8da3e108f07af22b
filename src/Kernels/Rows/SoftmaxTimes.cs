using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Rows;

/// <summary>Soft-max of x times p: yᵢ = pᵢ e^(xᵢ - m) / Σ e^(xⱼ - m) with the largest element m.</summary>
public readonly struct SoftmaxTimes<T> : IRowKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Operands => 2;

    /// <inheritdoc/>
    public static int Results => 0;

    /// <inheritdoc/>
    public static bool HasFirst => true;

    /// <inheritdoc/>
    public T Identity => T.NegativeInfinity;

    /// <inheritdoc/>
    public Pair<T> First(T x, T p) => new(x, x);

    /// <inheritdoc/>
    /// <remarks>It may lose a NaN: the sum has it.</remarks>
    public T Combine(T a, T b) => a > b ? a : b;

    /// <inheritdoc/>
    public Pair<T> FinishFirst(Pair<T> total) => total;

    /// <inheritdoc/>
    public T Center(T x, Pair<T> first) => T.Exp(x - first.A);

    /// <inheritdoc/>
    public Pair<T> Second(T v, T p) => new(v, T.Zero);

    /// <inheritdoc/>
    public Pair<T> Finish(Pair<T> first, Pair<T> total) => new(T.One / total.A, T.Zero);

    /// <inheritdoc/>
    public T Map(T v, T p, T q, Pair<T> first, Pair<T> second) => v * second.A * p;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> First(Vector256<T> x, Vector256<T> p) => new(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => Vector256.MaxNative(b, a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Center(Vector256<T> x, Pair<Vector256<T>> first) => VectorMath.Exp(x - first.A);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<Vector256<T>> Second(Vector256<T> v, Vector256<T> p) => new(v, Vector256<T>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Map(Vector256<T> v, Vector256<T> p, Vector256<T> q, Pair<Vector256<T>> first, Pair<Vector256<T>> second) =>
        v * second.A * p;
}
