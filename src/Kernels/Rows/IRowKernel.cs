using System.Runtime.Intrinsics;
using Autodiff.Kernels.Rows;

namespace Autodiff.Kernels;

/// <summary>
/// A function of whole rows (soft-max, layer normalization): two rounds of sums over a row, of which the second sees what the first found,
/// then a function of each element. A row is read from memory once; the rounds find it in the cache.
/// </summary>
/// <remarks>
/// The operands are x and, where <see cref="Operands"/> says so, p and q. As in <see cref="IUnaryKernel{T}"/> the scalar bodies are what
/// ILGPU compiles, the vector bodies the SIMD loop.
/// </remarks>
public interface IRowKernel<T>
    where T : unmanaged
{
    /// <summary>How many of x, p and q are read.</summary>
    static abstract int Operands { get; }

    /// <summary>How many numbers a row becomes: the pair of <see cref="Finish"/>, or its first; 0 where each element becomes one.</summary>
    static abstract int Results { get; }

    /// <summary>Whether there is a first round.</summary>
    static abstract bool HasFirst { get; }

    /// <summary>What <see cref="Combine(T, T)"/> leaves alone.</summary>
    T Identity { get; }

    /// <summary>What an element brings to the first round.</summary>
    Pair<T> First(T x, T p);

    /// <summary>Joins two partial results of the first round.</summary>
    T Combine(T a, T b);

    /// <summary>What the first round found.</summary>
    Pair<T> FinishFirst(Pair<T> total);

    /// <summary>The element as the second round and <see cref="Map(T, T, T, Pair{T}, Pair{T})"/> see it.</summary>
    T Center(T x, Pair<T> first);

    /// <summary>What an element adds to the sums of the second round.</summary>
    Pair<T> Second(T v, T p);

    /// <summary>What the second round found.</summary>
    Pair<T> Finish(Pair<T> first, Pair<T> total);

    /// <summary>The result of an element.</summary>
    T Map(T v, T p, T q, Pair<T> first, Pair<T> second);

    /// <inheritdoc cref="First(T, T)"/>
    Pair<Vector256<T>> First(Vector256<T> x, Vector256<T> p);

    /// <inheritdoc cref="Combine(T, T)"/>
    Vector256<T> Combine(Vector256<T> a, Vector256<T> b);

    /// <inheritdoc cref="Center(T, Pair{T})"/>
    Vector256<T> Center(Vector256<T> x, Pair<Vector256<T>> first);

    /// <inheritdoc cref="Second(T, T)"/>
    Pair<Vector256<T>> Second(Vector256<T> v, Vector256<T> p);

    /// <inheritdoc cref="Map(T, T, T, Pair{T}, Pair{T})"/>
    Vector256<T> Map(Vector256<T> v, Vector256<T> p, Vector256<T> q, Pair<Vector256<T>> first, Pair<Vector256<T>> second);
}
