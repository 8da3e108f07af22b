using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>An elementwise function of two arguments; see <see cref="IUnaryKernel{T}"/>.</summary>
public interface IBinaryKernel<T>
    where T : unmanaged
{
    /// <summary>The function of two numbers.</summary>
    T Invoke(T a, T b);

    /// <summary>The function of each pair of lanes.</summary>
    Vector256<T> Invoke(Vector256<T> a, Vector256<T> b);
}
