using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>How a reduction starts, loads, combines and finishes: y = Finish(Load(x₁) ∘ Load(x₂) ∘ ...) with ∘ associative but for rounding.</summary>
public interface IReductionKernel<T>
    where T : unmanaged
{
    /// <summary>The neutral element of <c>Combine</c>: the result for no elements, before <see cref="Finish"/>.</summary>
    T Identity { get; }

    /// <summary>What is done to each element first.</summary>
    T Load(T x);

    /// <summary>Joins two partial results.</summary>
    T Combine(T a, T b);

    /// <summary>What is done to the total.</summary>
    T Finish(T total);

    /// <summary>What is done to each lane first.</summary>
    Vector256<T> Load(Vector256<T> x);

    /// <summary>Joins two partial results lane by lane.</summary>
    Vector256<T> Combine(Vector256<T> a, Vector256<T> b);
}
