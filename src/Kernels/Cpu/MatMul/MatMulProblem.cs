namespace Autodiff.Kernels;

/// <summary>One matrix product C = AB as pointers and steps: A is m x k, B is k x n, the columns of C are adjacent.</summary>
internal readonly unsafe struct MatMulProblem<T>
    where T : unmanaged
{
    public required int M { get; init; }

    public required int N { get; init; }

    public required int K { get; init; }

    public required T* A { get; init; }

    public required nint ARow { get; init; }

    public required nint AColumn { get; init; }

    public required T* B { get; init; }

    public required nint BRow { get; init; }

    public required nint BColumn { get; init; }

    public required T* C { get; init; }

    public required nint CRow { get; init; }

    /// <summary>Multiply-adds.</summary>
    public long Work => (long)M * N * K;
}
