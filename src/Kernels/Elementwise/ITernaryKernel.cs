using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>An elementwise function of three arguments; see <see cref="IUnaryKernel{T}"/>.</summary>
public interface ITernaryKernel<T>
    where T : unmanaged
{
    /// <summary>The function of three numbers.</summary>
    T Invoke(T a, T b, T c);

    /// <summary>The function of each triple of lanes.</summary>
    Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c);
}
