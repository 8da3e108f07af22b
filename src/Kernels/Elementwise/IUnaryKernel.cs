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
}
