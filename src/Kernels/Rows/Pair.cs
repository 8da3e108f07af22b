namespace Autodiff.Kernels.Rows;

/// <summary>Two numbers, or two SIMD vectors: what a row kernel adds up at a time.</summary>
/// <param name="A">The first.</param>
/// <param name="B">The second; 0 where one is enough.</param>
public readonly record struct Pair<TValue>(TValue A, TValue B)
    where TValue : struct;
