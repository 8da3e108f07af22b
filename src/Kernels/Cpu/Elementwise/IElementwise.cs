using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// An elementwise function of one to three arguments under one face, so that the loops are written once; see <see cref="ElementwiseJob{T,
/// TOp}"/>.
/// </summary>
internal interface IElementwise<T>
    where T : unmanaged
{
    /// <summary>How many of the arguments count.</summary>
    static abstract int Arity { get; }

    /// <summary>The function of each triple of lanes.</summary>
    Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c);

    /// <summary>Whether the loop takes wide vectors where they are fast; for functions of one argument.</summary>
    static virtual bool IsWide => false;

    /// <summary>The function of each lane of a wide vector.</summary>
    Vector512<T> Invoke(Vector512<T> a) => throw new NotSupportedException($"{GetType().Name} has no body for wide vectors; see IsWide.");
}
