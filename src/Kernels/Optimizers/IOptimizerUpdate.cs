using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>What a step of an optimizer does to each element of a parameter: its numbers and its formula, once for SIMD and once for kernels and the last few elements.</summary>
internal interface IOptimizerUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many running quantities, from 0 to 2, are kept for each element. Those beyond are neither read nor written.</summary>
    static abstract int States { get; }

    /// <summary>The step of one element.</summary>
    void Invoke(ref T parameter, T gradient, ref T first, ref T second);

    /// <summary>The step of as many elements as a vector has, each rounded as by itself.</summary>
    void Invoke(ref Vector256<T> parameter, Vector256<T> gradient, ref Vector256<T> first, ref Vector256<T> second);
}
