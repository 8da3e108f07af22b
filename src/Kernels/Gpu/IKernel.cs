using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>What all kernels have.</summary>
internal interface IKernel
{
    /// <summary>For CUDA's compiler: the threads of a group at most, and how many groups a multiprocessor is to hold at least.</summary>
    static virtual KernelSpecialization Bounds => KernelSpecialization.Empty;
}

/// <summary>A kernel of four arguments: a static method that every thread of a launch runs.</summary>
/// <remarks>
/// A kernel is a type so that the device can find its compiled form by type, without an allocation. What ILGPU compiles: value types, generic math, static-abstract members;
/// no conversion of literals to T, no typeof, no inline arrays, no recursion.
/// </remarks>
internal interface IKernel<T1, T2, T3, T4> : IKernel
{
    /// <summary>What one thread does.</summary>
    static abstract void Run(T1 a, T2 b, T3 c, T4 d);
}

/// <summary>A kernel of two arguments; see <see cref="IKernel{T1, T2, T3, T4}"/>.</summary>
internal interface IKernel<T1, T2> : IKernel
{
    /// <inheritdoc cref="IKernel{T1, T2, T3, T4}.Run"/>
    static abstract void Run(T1 a, T2 b);
}

/// <summary>A kernel of three arguments; see <see cref="IKernel{T1, T2, T3, T4}"/>.</summary>
internal interface IKernel<T1, T2, T3> : IKernel
{
    /// <inheritdoc cref="IKernel{T1, T2, T3, T4}.Run"/>
    static abstract void Run(T1 a, T2 b, T3 c);
}

/// <summary>A kernel of five arguments; see <see cref="IKernel{T1, T2, T3, T4}"/>.</summary>
internal interface IKernel<T1, T2, T3, T4, T5> : IKernel
{
    /// <inheritdoc cref="IKernel{T1, T2, T3, T4}.Run"/>
    static abstract void Run(T1 a, T2 b, T3 c, T4 d, T5 e);
}

/// <summary>A kernel of six arguments; see <see cref="IKernel{T1, T2, T3, T4}"/>.</summary>
internal interface IKernel<T1, T2, T3, T4, T5, T6> : IKernel
{
    /// <inheritdoc cref="IKernel{T1, T2, T3, T4}.Run"/>
    static abstract void Run(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f);
}

/// <summary>A kernel of seven arguments; see <see cref="IKernel{T1, T2, T3, T4}"/>.</summary>
internal interface IKernel<T1, T2, T3, T4, T5, T6, T7> : IKernel
{
    /// <inheritdoc cref="IKernel{T1, T2, T3, T4}.Run"/>
    static abstract void Run(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g);
}
