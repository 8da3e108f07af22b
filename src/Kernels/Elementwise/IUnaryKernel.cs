using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>An elementwise function of one argument, written once for one number (the ILGPU kernel and the tail of the SIMD loop) and once for a SIMD vector.</summary>
/// <remarks>A struct may carry numbers (a slope, a bound) in its fields. The scalar body must use only what ILGPU compiles: no typeof, no conversion of literals to T.</remarks>
public interface IUnaryKernel<T>
    where T : unmanaged
{
    /// <summary>The function of one number.</summary>
    T Invoke(T x);

    /// <summary>The function of each lane.</summary>
    Vector256<T> Invoke(Vector256<T> x);

    /// <summary>
    /// Whether the function has a body of its own for vectors of 512 bits. It pays for long chains of operations: a processor has so many
    /// under way at a time, and as many wide ones are more elements.
    /// </summary>
    static virtual bool IsWide => false;

    /// <summary>The function of each lane of a wide vector: the same bits as from the narrow ones.</summary>
    Vector512<T> Invoke(Vector512<T> x) => Vector512.Create(Invoke(x.GetLower()), Invoke(x.GetUpper()));
}
