namespace Autodiff.Kernels;

/// <summary>The ways to multiply matrices; which one is used depends on the shapes and strides alone, so that the bits do too.</summary>
internal enum MatMulStrategy
{
    /// <summary>See <see cref="DotMatMul{T}"/>.</summary>
    Dot,

    /// <summary>See <see cref="RowsMatMul{T}"/>.</summary>
    Rows,

    /// <summary>See <see cref="SplitDepthMatMul{T, TKernel}"/>.</summary>
    SplitDepth,

    /// <summary>See <see cref="WideMatMul{T, TKernel}"/>.</summary>
    Wide,

    /// <summary>See <see cref="CompactMatMul{T, TKernel}"/>.</summary>
    Compact,

    /// <summary>See <see cref="BlockedMatMul{T, TKernel}"/>.</summary>
    Blocked,
}
